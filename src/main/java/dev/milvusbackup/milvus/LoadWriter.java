package dev.milvusbackup.milvus;

import dev.milvusbackup.milvus.MilvusSchema.LoadOptions;
import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.LoadPartitionsRequest;
import io.milvus.grpc.ReleaseCollectionRequest;

/**
 * Asks for collections to be loaded and released.
 */
final class LoadWriter {

	private final MilvusCalls calls;

	LoadWriter(MilvusCalls calls) {
		this.calls = calls;
	}

	void load(CollectionName collection, LoadOptions options) {
		String what = "load '" + collection + "'";
		if (options.partitions().isEmpty()) {
			LoadCollectionRequest request = LoadCollectionRequest.newBuilder()
				.setDbName(collection.database())
				.setCollectionName(collection.name())
				.setReplicaNumber(options.replicas())
				.addAllResourceGroups(options.resourceGroups())
				.build();
			this.calls.send(Call.change(what, collection.database(), (stub) -> stub.loadCollection(request)));
			return;
		}
		LoadPartitionsRequest request = LoadPartitionsRequest.newBuilder()
			.setDbName(collection.database())
			.setCollectionName(collection.name())
			.addAllPartitionNames(options.partitions())
			.setReplicaNumber(options.replicas())
			.addAllResourceGroups(options.resourceGroups())
			.build();
		this.calls.send(Call.change(what, collection.database(), (stub) -> stub.loadPartitions(request)));
	}

	void release(CollectionName collection) {
		ReleaseCollectionRequest request = ReleaseCollectionRequest.newBuilder()
			.setDbName(collection.database())
			.setCollectionName(collection.name())
			.build();
		this.calls.send(Call.change("release '" + collection + "'", collection.database(),
				(stub) -> stub.releaseCollection(request)));
	}

}
