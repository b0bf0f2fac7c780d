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

	GrpcMilvus(MilvusChannel channel, MilvusCalls calls, String version, MilvusProperties properties) {
		this.channel = channel;
		CollectionReader reader = new CollectionReader(calls);
		this.catalog = new GrpcCatalog(calls, reader, version);
		this.schema = new GrpcSchema(calls, reader);
		this.bulkImport = calls.features().has(Feature.IMPORT_JOBS)
				? new RestBulkImport(new RestCalls(properties, calls), calls.features()) : new GrpcBulkImport(calls);
		this.garbageCollection = new HttpGarbageCollection(properties.managementEndpoint());
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
	public void close() {
		this.channel.close();
	}

}
