package dev.milvusbackup.milvus;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.KeyValue;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.HasPartitionRequest;

/**
 * Schema changes over gRPC.
 */
final class GrpcSchema implements MilvusSchema {

	private final MilvusCalls calls;

	private final CollectionReader reader;

	private final CollectionCreator creator;

	private final IndexWriter indexes;

	private final Alterations alterations;

	private final AliasWriter aliases;

	private final LoadWriter loads;

	GrpcSchema(MilvusCalls calls, CollectionReader reader) {
		this.calls = calls;
		this.reader = reader;
		this.creator = new CollectionCreator(calls, reader);
		this.indexes = new IndexWriter(calls, reader);
		this.alterations = new Alterations(calls);
		this.aliases = new AliasWriter(calls, reader);
		this.loads = new LoadWriter(calls);
	}

	@Override
	public boolean collectionExists(CollectionName name) {
		return this.reader.exists(name);
	}

	@Override
	public void createDatabase(String name, List<KeyValue> properties) {
		if (GrpcCatalog.databaseNames(this.calls).contains(name)) {
			return;
		}
		CreateDatabaseRequest request = CreateDatabaseRequest.newBuilder()
			.setDbName(name)
			.addAllProperties(SchemaWriter.pairs(properties))
			.build();
		try {
			this.calls.send(Call.change("create database '" + name + "'", CollectionName.DEFAULT_DATABASE,
					(stub) -> stub.createDatabase(request))
				.paced(Pace.DATABASE));
		}
		catch (MilvusException ex) {
			if (ex.kind() != Kind.REFUSED || !GrpcCatalog.databaseNames(this.calls).contains(name)) {
				throw ex;
			}
		}
	}

	@Override
	public void createCollection(Collection collection) {
		CollectionName name = collection.name();
		if (collectionExists(name)) {
			throw this.calls.failures()
				.refused("create collection '" + name + "'", "it exists already",
						"drop it, or restore under another name");
		}
		this.creator.create(collection);
		try {
			this.creator.complete(collection);
		}
		catch (MilvusException ex) {
			dropUnfinished(name, ex);
			throw ex;
		}
	}

	/** The server accepted its creation just now, so that it is ours. */
	private void dropUnfinished(CollectionName name, MilvusException failure) {
		try {
			dropCollection(name);
		}
		catch (MilvusException ex) {
			failure.addSuppressed(ex);
		}
	}

	@Override
	public void dropCollection(CollectionName name) {
		DropCollectionRequest request = DropCollectionRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.build();
		try {
			this.calls.send(Call.change("drop collection '" + name + "'", name.database(),
					(stub) -> stub.dropCollection(request)));
		}
		catch (MilvusException ex) {
			if (ex.kind() != Kind.NOT_FOUND) {
				throw ex;
			}
		}
	}

	@Override
	public void createPartition(CollectionName collection, String partition) {
		String what = "'" + partition + "' of '" + collection + "'";
		HasPartitionRequest question = HasPartitionRequest.newBuilder()
			.setDbName(collection.database())
			.setCollectionName(collection.name())
			.setPartitionName(partition)
			.build();
		BoolResponse exists = this.calls.send(new Call<>("look for partition " + what, collection.database(),
				(stub) -> stub.hasPartition(question), BoolResponse::getStatus));
		if (exists.getValue()) {
			return;
		}
		CreatePartitionRequest request = CreatePartitionRequest.newBuilder()
			.setDbName(collection.database())
			.setCollectionName(collection.name())
			.setPartitionName(partition)
			.build();
		this.calls.send(
				Call.change("create partition " + what, collection.database(), (stub) -> stub.createPartition(request))
					.paced(Pace.PARTITION));
	}

	@Override
	public List<Index> indexes(CollectionName name) {
		return this.reader.indexes(name);
	}

	@Override
	public Map<String, String> failedIndexes(CollectionName name) {
		return this.reader.failedIndexes(name);
	}

	@Override
	public void createIndex(CollectionName collection, Index index) {
		this.indexes.create(collection, index);
	}

	@Override
	public void dropIndex(CollectionName collection, Index index) {
		this.indexes.drop(collection, index);
	}

	@Override
	public void createAlias(CollectionName collection, String alias) {
		this.aliases.create(collection, alias);
	}

	@Override
	public void moveAlias(CollectionName collection, String alias) {
		this.aliases.move(collection, alias);
	}

	@Override
	public void load(CollectionName collection, LoadOptions options) {
		this.loads.load(collection, options);
	}

	@Override
	public void release(CollectionName collection) {
		this.loads.release(collection);
	}

	@Override
	public void removeProperties(CollectionName collection, Set<String> keys) {
		this.alterations.removeProperties(collection, keys);
	}

	@Override
	public void removeFieldParams(CollectionName collection, String field, Set<String> keys) {
		this.alterations.removeFieldParams(collection, field, keys);
	}

	@Override
	public void removeIndexParams(CollectionName collection, String index, Set<String> keys) {
		this.alterations.removeIndexParams(collection, index, keys);
	}

	@Override
	public void describeAs(CollectionName collection, String description) {
		this.alterations.describeAs(collection, description);
	}

}
