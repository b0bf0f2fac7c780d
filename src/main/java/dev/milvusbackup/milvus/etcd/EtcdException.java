package dev.milvusbackup.milvus.etcd;

/**
 * A request to etcd that failed. The message is the cause alone.
 */
public final class EtcdException extends RuntimeException {

	private final Kind kind;

	EtcdException(Kind kind, String message, Throwable cause) {
		super(message, cause);
		this.kind = kind;
	}

	public Kind kind() {
		return this.kind;
	}

	/**
	 * Who can do something.
	 */
	public enum Kind {

		/** No member answers; it may be tried again. */
		UNREACHABLE,
		/** Credentials, certificates or rights. */
		DENIED,
		/** Anything else. */
		REFUSED

	}

}
