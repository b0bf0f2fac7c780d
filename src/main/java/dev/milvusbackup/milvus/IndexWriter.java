package dev.milvusbackup.milvus;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Index;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.DropIndexRequest;

/**
 * Creates and drops indexes.
 */
final class IndexWriter {

	private static final String INDEX_TYPE = "index_type";

	/**
	 * Names that servers make up for indexes of JSON paths are not allowed in requests.
	 */
	private static final Pattern INDEX_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_$]*");

	private final MilvusCalls calls;

	private final CollectionReader reader;

	IndexWriter(MilvusCalls calls, CollectionReader reader) {
		this.calls = calls;
		this.reader = reader;
	}

	void create(CollectionName collection, Index index) {
		Map<String, String> params = params(index);
		String name = INDEX_NAME.matcher(index.name()).matches() ? index.name() : "";
		boolean there = this.reader.indexes(collection)
			.stream()
			.anyMatch((other) -> other.fieldName().equals(index.fieldName()) && params(other).equals(params)
					&& (name.isEmpty() || other.name().equals(name)));
		if (there) {
			return;
		}
		CreateIndexRequest request = CreateIndexRequest.newBuilder()
			.setDbName(collection.database())
			.setCollectionName(collection.name())
			.setFieldName(index.fieldName())
			.setIndexName(name)
			.addAllExtraParams(params.entrySet()
				.stream()
				.map((entry) -> SchemaWriter.pair(entry.getKey(), entry.getValue()))
				.toList())
			.build();
		this.calls.send(Call.change("create index '" + index.name() + "' of '" + collection + "'",
				collection.database(), (stub) -> stub.createIndex(request))
			.paced(Pace.INDEX));
	}

	/** Servers tell the type of a trie by a name that they do not accept. */
	private static Map<String, String> params(Index index) {
		Map<String, String> params = new LinkedHashMap<>(index.params());
		params.replace(INDEX_TYPE, "marisa-trie", "Trie");
		return params;
	}

	void drop(CollectionName collection, Index index) {
		DropIndexRequest request = DropIndexRequest.newBuilder()
			.setDbName(collection.database())
			.setCollectionName(collection.name())
			.setFieldName(index.fieldName())
			.setIndexName(index.name())
			.build();
		this.calls.send(Call.change("drop index '" + index.name() + "' of '" + collection + "'", collection.database(),
				(stub) -> stub.dropIndex(request))
			.accepting(StatusReader::isIndexMissing));
	}

}
