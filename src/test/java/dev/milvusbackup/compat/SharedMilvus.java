package dev.milvusbackup.compat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.milvusbackup.milvus.BulkImport;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.GarbageCollection;
import dev.milvusbackup.milvus.MetadataStore;
import dev.milvusbackup.milvus.MilvusCatalog;
import dev.milvusbackup.milvus.MilvusCluster;
import dev.milvusbackup.milvus.MilvusConnector;
import dev.milvusbackup.milvus.MilvusProperties;
import dev.milvusbackup.milvus.MilvusSchema;
import dev.milvusbackup.milvus.MilvusSnapshots;
import dev.milvusbackup.milvus.SegmentLogs;

/**
 * One connection a server for many runs: what a connection has learned about the pace
 * that the server likes is not lost between them.
 */
final class SharedMilvus implements MilvusConnector, AutoCloseable {

	private final Map<Integer, Milvus> connections = new ConcurrentHashMap<>();

	@Override
	public Milvus connect(MilvusProperties properties) {
		return new Shared(this.connections.computeIfAbsent(properties.port(),
				(port) -> new DefaultMilvusConnector().connect(properties)));
	}

	@Override
	public void close() {
		this.connections.values().forEach(Milvus::close);
	}

	private record Shared(Milvus milvus) implements Milvus {

		@Override
		public MilvusCatalog catalog() {
			return this.milvus.catalog();
		}

		@Override
		public MilvusSchema schema() {
			return this.milvus.schema();
		}

		@Override
		public BulkImport bulkImport() {
			return this.milvus.bulkImport();
		}

		@Override
		public MilvusCluster cluster() {
			return this.milvus.cluster();
		}

		@Override
		public SegmentLogs segmentLogs() {
			return this.milvus.segmentLogs();
		}

		@Override
		public MetadataStore metadataStore() {
			return this.milvus.metadataStore();
		}

		@Override
		public MilvusSnapshots snapshots() {
			return this.milvus.snapshots();
		}

		@Override
		public GarbageCollection garbageCollection() {
			return this.milvus.garbageCollection();
		}

		@Override
		public void close() {
			// it is still needed
		}

	}

}
