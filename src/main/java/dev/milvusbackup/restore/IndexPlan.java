package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Index;

/**
 * Which indexes a restored collection gets. Pure.
 */
final class IndexPlan {

	private static final String INDEX_TYPE = "index_type";

	private static final String METRIC_TYPE = "metric_type";

	/** Milvus's numbers of vector types begin here. */
	private static final int FIRST_VECTOR_TYPE = 100;

	private IndexPlan() {
	}

	/**
	 * Those of the backup, vectors first.
	 * @param automatic whether vectors get the type AUTOINDEX instead of their own
	 */
	static List<Index> of(Collection collection, boolean automatic) {
		Set<String> vectors = collection.schema()
			.fields()
			.stream()
			.filter((field) -> isVector(field.dataType()))
			.map(Field::name)
			.collect(Collectors.toSet());
		List<Index> indexes = new ArrayList<>(collection.indexes());
		indexes.sort(Comparator.comparing((Index index) -> !vectors.contains(index.fieldName())));
		return indexes.stream()
			.map((index) -> (automatic && vectors.contains(index.fieldName())) ? automatic(index) : current(index))
			.toList();
	}

	static boolean isVector(int dataType) {
		return dataType >= FIRST_VECTOR_TYPE;
	}

	/**
	 * Whether the two index the same field in the same way, as far as servers report it.
	 */
	static boolean isSame(Index wanted, Index there) {
		return wanted.fieldName().equals(there.fieldName()) && wanted.name().equals(there.name())
				&& wanted.params().equals(there.params());
	}

	private static Index automatic(Index index) {
		Map<String, String> params = new LinkedHashMap<>();
		params.put(INDEX_TYPE, "AUTOINDEX");
		String metric = index.params().get(METRIC_TYPE);
		if (metric != null) {
			params.put(METRIC_TYPE, metric);
		}
		return new Index(index.fieldName(), index.name(), "AUTOINDEX", params, 0);
	}

	/**
	 * Old servers name the index of strings otherwise than they and newer ones accept it.
	 */
	static Index current(Index index) {
		if (!"marisa-trie".equals(index.params().get(INDEX_TYPE))) {
			return index;
		}
		Map<String, String> params = new LinkedHashMap<>(index.params());
		params.put(INDEX_TYPE, "Trie");
		return new Index(index.fieldName(), index.name(), "Trie", params, index.id());
	}

}
