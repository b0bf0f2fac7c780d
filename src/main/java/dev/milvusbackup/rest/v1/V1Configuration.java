package dev.milvusbackup.rest.v1;

import dev.milvusbackup.rest.Backups;
import dev.milvusbackup.rest.ServerParts;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The API of the Go tool.
 */
@Configuration(proxyBeanMethods = false)
@Import({ BackupController.class, RestoreController.class, ServiceController.class, ServiceController.BadBodies.class })
public class V1Configuration {

	@Bean
	V1Requests v1Requests(ServerParts parts, Backups backups) {
		return new V1Requests(parts, backups);
	}

}
