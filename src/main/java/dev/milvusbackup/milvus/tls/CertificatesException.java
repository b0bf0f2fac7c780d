package dev.milvusbackup.milvus.tls;

/**
 * Certificate files that cannot be used. The message is the cause alone.
 */
public final class CertificatesException extends RuntimeException {

	CertificatesException(String message, Throwable cause) {
		super(message, cause);
	}

}
