package dev.milvusbackup.storage;

/**
 * How objects move between two stores (key {@code transfer.mode}).
 */
public enum TransferMode {

	/** Copied by the store where both are on one backend, else streamed. */
	AUTO,
	/** Always copied by the store. */
	DIRECT,
	/** Always read and written by this process. */
	STREAMING

}
