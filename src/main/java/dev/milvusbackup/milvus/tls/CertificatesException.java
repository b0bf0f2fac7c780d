package dev.milvusbackup.milvus.tls;

import org.jspecify.annotations.Nullable;

/**
 * Certificate files that cannot be used. The message is the cause alone.
 */
public final class CertificatesException extends RuntimeException {

	CertificatesException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
