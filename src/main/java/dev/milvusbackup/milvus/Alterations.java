package dev.milvusbackup.milvus;

import java.util.Set;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.AlterCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.AlterIndexRequest;
import io.milvus.grpc.KeyValuePair;

/**
 * Changes of what a collection has already, over gRPC.
 */
record Alterations(MilvusCalls calls) {

	private static final String DESCRIPTION = "collection.description";

	void removeProperties(CollectionName name, Set<String> keys) {
		change(name, AlterCollectionRequest.newBuilder().addAllDeleteKeys(keys));
	}

	void describeAs(CollectionName name, String description) {
		change(name, AlterCollectionRequest.newBuilder()
			.addProperties(KeyValuePair.newBuilder().setKey(DESCRIPTION).setValue(description)));
	}

	private void change(CollectionName name, AlterCollectionRequest.Builder change) {
		AlterCollectionRequest request = change.setDbName(name.database()).setCollectionName(name.name()).build();
		this.calls.send(Call.change("change collection '" + name + "'", name.database(),
				(stub) -> stub.alterCollection(request)));
	}

	void removeFieldParams(CollectionName name, String field, Set<String> keys) {
		AlterCollectionFieldRequest request = AlterCollectionFieldRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.setFieldName(field)
			.addAllDeleteKeys(keys)
			.build();
		this.calls.send(Call.change("change field '" + field + "' of '" + name + "'", name.database(),
				(stub) -> stub.alterCollectionField(request)));
	}

	void removeIndexParams(CollectionName name, String index, Set<String> keys) {
		AlterIndexRequest request = AlterIndexRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.setIndexName(index)
			.addAllDeleteKeys(keys)
			.build();
		this.calls.send(Call.change("change index '" + index + "' of '" + name + "'", name.database(),
				(stub) -> stub.alterIndex(request)));
	}

}
