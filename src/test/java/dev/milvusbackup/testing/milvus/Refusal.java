package dev.milvusbackup.testing.milvus;

/**
 * The server does not do what it was asked to do.
 */
final class Refusal extends RuntimeException {

	private static final long serialVersionUID = 1L;

	final int code;

	Refusal(int code, String reason) {
		super(reason);
		this.code = code;
	}

}
