package dev.milvusbackup.testing.real;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Names the real servers that a test class needs: {@code milvus-2.3.5},
 * {@code milvus-2.2.16}, {@code minio}, {@code postgresql}, {@code chromium},
 * {@code systemd}, or {@code mount} for the right to mount file systems. If one is not
 * installed, the tests are skipped and the reason is printed, unless the system property
 * {@code it.require} names it: then they fail. Test methods and constructors can take
 * {@link RealServers} as a parameter.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ ElementType.TYPE, ElementType.METHOD })
@ExtendWith(RealServersExtension.class)
public @interface RequiresReal {

	String[] value();

}
