package dev.milvusbackup.backup;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.milvusbackup.backup.SourceException.Kind;
import dev.milvusbackup.milvus.MetadataStore;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.IndexExtra;

/**
 * Adds what only the metadata store tells of a collection: details of its indexes and the
 * hidden dynamic field (format.md 5.6, 5.7). Thread-safe.
 */
final class IndexExtras {

	private final MetadataStore store;

	IndexExtras(MetadataStore store) {
		this.store = store;
	}

	/**
	 * The same collection with them.
	 * @throws SourceException when store and server do not tell of the same things, be it
	 * that an index was just created or dropped
	 */
	Collection added(Collection collection) {
		List<Field> fields = this.store.fields(collection);
		if (fields.isEmpty()) {
			throw new SourceException(Kind.PREFLIGHT,
					unable(collection, "'" + this.store.address() + "' does not know the collection"),
					"check that milvus.etcd.endpoints and milvus.etcd.rootPath are those of this Milvus");
		}
		return withDynamicField(collection.withIndexes(indexes(collection)), fields);
	}

	private List<Index> indexes(Collection collection) {
		Map<Long, IndexExtra> extras = this.store.indexes(collection);
		Set<Long> described = collection.indexes()
			.stream()
			.map(Index::id)
			.collect(Collectors.toCollection(TreeSet::new));
		if (!described.equals(extras.keySet())) {
			throw new SourceException(Kind.SOURCE,
					unable(collection,
							"Milvus tells of the indexes " + described + ", '" + this.store.address() + "' of "
									+ extras.keySet()),
					"an index was created or dropped just now, or milvus.etcd.rootPath is not that of this Milvus; "
							+ "check it and run the same command again");
		}
		return collection.indexes()
			.stream()
			.map((index) -> index.withExtra(Objects.requireNonNull(extras.get(index.id()))))
			.toList();
	}

	private Collection withDynamicField(Collection collection, List<Field> fields) {
		boolean visible = collection.schema().fields().stream().anyMatch(Field::dynamic);
		if (!collection.schema().dynamicFieldEnabled() || visible) {
			return collection;
		}
		Field dynamic = fields.stream()
			.filter(Field::dynamic)
			.findFirst()
			.orElseThrow(() -> new SourceException(Kind.SOURCE,
					unable(collection, "'" + this.store.address() + "' does not tell of its dynamic field"),
					"run the same command again, and if it stays, leave --backup_index_extra out"));
		return collection.withSchema(collection.schema().withField(dynamic));
	}

	private static String unable(Collection collection, String cause) {
		return "unable to back up the index details of '" + collection.name() + "': " + cause;
	}

}
