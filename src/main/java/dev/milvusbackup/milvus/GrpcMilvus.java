package dev.milvusbackup.milvus;

import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusFeatures.Feature;

/**
 * One connection over gRPC.
 */
final class GrpcMilvus implements Milvus {

	private final MilvusChannel channel;

	private final MilvusCatalog catalog;

	private final MilvusSchema schema;

	private final BulkImport bulkImport;

	private final GarbageCollection garbageCollection;

	private final MilvusCluster cluster;

	private final SegmentLogs segmentLogs;

	private final EtcdMetadataStore metadataStore;

	private final MilvusSnapshots snapshots;

	GrpcMilvus(MilvusChannel channel, MilvusCalls calls, String version, MilvusProperties properties) {
		this.channel = channel;
		CollectionReader reader = new CollectionReader(calls);
		this.catalog = new GrpcCatalog(calls, reader, version);
		this.schema = new GrpcSchema(calls, reader);
		RestCalls rest = new RestCalls(properties, calls);
		this.bulkImport = calls.features().has(Feature.IMPORT_JOBS) ? new RestBulkImport(rest, calls.features())
				: new GrpcBulkImport(calls);
		ManagementEndpoint management = new ManagementEndpoint(
				new MilvusHttp(properties.managementEndpoint(), properties));
		this.garbageCollection = new HttpGarbageCollection(management,
				calls.features().has(Feature.COLLECTION_LEVEL_GC_CONTROL));
		this.cluster = new GrpcCluster(calls, management);
		this.segmentLogs = new RestSegmentLogs(rest, calls.features().has(Feature.GET_SEGMENT_INFO));
		this.metadataStore = new EtcdMetadataStore(properties.etcd(), calls);
		this.snapshots = new GrpcSnapshots(calls);
	}

	@Override
	public MilvusCatalog catalog() {
		return this.catalog;
	}

	@Override
	public MilvusSchema schema() {
		return this.schema;
	}

	@Override
	public BulkImport bulkImport() {
		return this.bulkImport;
	}

	@Override
	public GarbageCollection garbageCollection() {
		return this.garbageCollection;
	}

	@Override
	public MilvusCluster cluster() {
		return this.cluster;
	}

	@Override
	public SegmentLogs segmentLogs() {
		return this.segmentLogs;
	}

	@Override
	public MetadataStore metadataStore() {
		return this.metadataStore;
	}

	@Override
	public MilvusSnapshots snapshots() {
		return this.snapshots;
	}

	@Override
	public void close() {
		this.metadataStore.close();
		this.channel.close();
	}

}
