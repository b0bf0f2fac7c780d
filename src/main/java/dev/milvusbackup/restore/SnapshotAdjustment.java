package dev.milvusbackup.restore;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.milvusbackup.milvus.MilvusSchema;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.SkipParams;

/**
 * Makes a collection that Milvus restored as it was into what was asked for: without
 * parameters that are not wanted, with another description and with its aliases.
 * Repeatable.
 */
final class SnapshotAdjustment {

	private final RestoreRun run;

	private final RestoreTarget target;

	private final MilvusSchema schema;

	SnapshotAdjustment(RestoreRun run, RestoreTarget target) {
		this.run = run;
		this.target = target;
		this.schema = run.milvus().schema();
	}

	void apply() {
		Collection there = this.run.milvus().catalog().describe(this.target.name());
		SkipParams skip = this.run.request().details().skipParams();
		if (!skip.isEmpty()) {
			remove(there, skip);
		}
		String wanted = this.target.collection().schema().description();
		if (!wanted.isEmpty() && !wanted.equals(there.schema().description())) {
			this.schema.describeAs(this.target.name(), wanted);
		}
		if (!this.run.request().details().wishes().moveAliases()) {
			new CollectionCreator(this.run, this.run.targets()).createAliases(this.target);
		}
	}

	private void remove(Collection there, SkipParams skip) {
		Set<String> properties = present(keys(there.properties()), skip.collectionProperties());
		if (!properties.isEmpty()) {
			this.schema.removeProperties(this.target.name(), properties);
		}
		for (Field field : there.schema().fields()) {
			Set<String> params = present(keys(field.typeParams()), skip.fieldTypeParams());
			if (!params.isEmpty()) {
				this.schema.removeFieldParams(this.target.name(), field.name(), params);
			}
		}
		Set<String> unwanted = new TreeSet<>(skip.indexParams());
		unwanted.addAll(skip.fieldIndexParams());
		for (Index index : there.indexes()) {
			Set<String> params = present(index.params().keySet(), unwanted);
			if (!params.isEmpty()) {
				this.schema.removeIndexParams(this.target.name(), index.name(), params);
			}
		}
	}

	private static Set<String> keys(List<KeyValue> pairs) {
		return pairs.stream().map(KeyValue::key).collect(Collectors.toSet());
	}

	private static Set<String> present(Set<String> keys, Set<String> unwanted) {
		Set<String> present = new TreeSet<>(keys);
		present.retainAll(unwanted);
		return present;
	}

}
