package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.milvusbackup.milvus.MilvusSchema;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Index;

/**
 * Compares the indexes of a target with those that were asked for.
 */
final class IndexCheck {

	private static final String AUTOMATIC = "AUTOINDEX";

	private static final String JSON_PATH = "json_path";

	private final MilvusSchema schema;

	IndexCheck(MilvusSchema schema) {
		this.schema = schema;
	}

	/**
	 * Indexes that are missing or that the server failed to build. Those that it still
	 * builds are none of them.
	 */
	List<String> problems(CollectionName name, List<Index> wanted) {
		List<Index> there = this.schema.indexes(name);
		List<String> problems = new ArrayList<>();
		for (Index index : wanted) {
			if (there.stream().noneMatch((other) -> isOfTheSame(index, other))) {
				String path = index.params().getOrDefault(JSON_PATH, "");
				problems.add("the index of field " + index.fieldName() + (path.isEmpty() ? "" : " and path " + path)
						+ " is missing");
			}
		}
		this.schema.failedIndexes(name)
			.forEach((index, reason) -> problems.add("Milvus failed to build index " + index + ": " + reason));
		return problems;
	}

	/**
	 * Indexes that the server describes otherwise. It may word parameters in its own way,
	 * so that this is nothing but a hint.
	 */
	List<String> notes(CollectionName name, List<Index> wanted) {
		List<Index> there = this.schema.indexes(name);
		return wanted.stream()
			.filter((index) -> there.stream().noneMatch((other) -> isAlike(index, other)))
			.map((index) -> "the index of field " + index.fieldName() + " is described otherwise than in the backup")
			.toList();
	}

	/** A field of JSON has an index for each of its paths. */
	private static boolean isOfTheSame(Index wanted, Index there) {
		return wanted.fieldName().equals(there.fieldName())
				&& Objects.equals(wanted.params().get(JSON_PATH), there.params().get(JSON_PATH));
	}

	private static boolean isAlike(Index wanted, Index there) {
		Map<String, String> found = IndexPlan.current(there).params();
		return wanted.fieldName().equals(there.fieldName())
				&& (AUTOMATIC.equals(wanted.type()) || found.entrySet().containsAll(wanted.params().entrySet()));
	}

}
