package dev.milvusbackup.milvus;

/**
 * Opens connections to a Milvus.
 */
public interface MilvusConnector {

	/**
	 * Connects and asks for the version.
	 * @throws MilvusException of kind UNAVAILABLE when there is no server, DENIED when
	 * the credentials are wrong
	 */
	Milvus connect(MilvusProperties properties);

	/**
	 * Does ahead what needs no server, so that connecting takes less time. May fail as
	 * {@link #connect} does; nothing has to be undone.
	 */
	default void prepare(MilvusProperties properties) {
	}

	/**
	 * One connection. Thread-safe. Close releases it and never throws.
	 */
	interface Milvus extends AutoCloseable {

		MilvusCatalog catalog();

		MilvusSchema schema();

		BulkImport bulkImport();

		GarbageCollection garbageCollection();

		MilvusCluster cluster();

		SegmentLogs segmentLogs();

		MetadataStore metadataStore();

		MilvusSnapshots snapshots();

		@Override
		void close();

	}

}
