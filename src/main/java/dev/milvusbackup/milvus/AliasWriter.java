package dev.milvusbackup.milvus;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.CreateAliasRequest;

/**
 * Gives collections their aliases.
 */
final class AliasWriter {

	private final MilvusCalls calls;

	private final CollectionReader reader;

	AliasWriter(MilvusCalls calls, CollectionReader reader) {
		this.calls = calls;
		this.reader = reader;
	}

	void create(CollectionName collection, String alias) {
		if (isAliasOf(collection, alias)) {
			return;
		}
		String what = "create alias '" + alias + "' of '" + collection + "'";
		CreateAliasRequest request = CreateAliasRequest.newBuilder()
			.setDbName(collection.database())
			.setCollectionName(collection.name())
			.setAlias(alias)
			.build();
		try {
			this.calls.send(Call.change(what, collection.database(), (stub) -> stub.createAlias(request)));
		}
		catch (MilvusException ex) {
			if (ex.kind() != MilvusException.Kind.REFUSED || isAliasOf(collection, alias)) {
				throw ex;
			}
			takeOver(what, collection, alias);
		}
	}

	void move(CollectionName collection, String alias) {
		String what = "move alias '" + alias + "' to '" + collection + "'";
		if (this.reader.exists(new CollectionName(collection.database(), alias))) {
			takeOver(what, collection, alias);
		}
		else {
			create(collection, alias);
		}
	}

	/**
	 * @throws MilvusException when it belongs to another collection
	 */
	private boolean isAliasOf(CollectionName collection, String alias) {
		CollectionName asAlias = new CollectionName(collection.database(), alias);
		if (!this.reader.exists(asAlias)) {
			return false;
		}
		CollectionName holder = CollectionReader.realName(asAlias, this.reader.describe(asAlias));
		if (holder.equals(collection)) {
			return true;
		}
		throw this.calls.failures()
			.refused("create alias '" + alias + "' of '" + collection + "'", "it belongs to '" + holder + "'", null);
	}

	/**
	 * Milvus keeps the aliases of a collection that was dropped, and then refuses to
	 * create them.
	 */
	private void takeOver(String what, CollectionName collection, String alias) {
		AlterAliasRequest request = AlterAliasRequest.newBuilder()
			.setDbName(collection.database())
			.setCollectionName(collection.name())
			.setAlias(alias)
			.build();
		this.calls.send(Call.change(what, collection.database(), (stub) -> stub.alterAlias(request)));
	}

}
