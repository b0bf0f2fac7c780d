package dev.milvusbackup.restore;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Function;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.Schema;

/**
 * What a collection needs of the Milvus that is to take it, with the first release that
 * has it. Pure.
 */
final class NeededFeatures {

	/** Milvus's numbers of types that came later than the others, with their names. */
	private static final Map<Integer, Map.Entry<String, ReleaseVersion>> TYPES = Map.of(22, type("Array", 2, 3), 23,
			Map.entry("JSON", new ReleaseVersion(2, 2, 9)), 24, type("Geometry", 2, 6), 102,
			type("Float16Vector", 2, 4), 103, type("BFloat16Vector", 2, 4), 104, type("SparseFloatVector", 2, 4), 105,
			type("Int8Vector", 2, 5));

	private static final int BM25 = 1;

	private NeededFeatures() {
	}

	/**
	 * Feature to release, sorted by feature.
	 */
	static Map<String, ReleaseVersion> of(Collection collection) {
		Map<String, ReleaseVersion> needed = new TreeMap<>();
		Schema schema = collection.schema();
		schema.functions().forEach((function) -> function(needed, function));
		Stream<Field> structs = schema.structArrayFields().stream().flatMap((struct) -> struct.fields().stream());
		Stream.concat(schema.fields().stream(), structs).forEach((field) -> field(needed, field));
		if (!schema.structArrayFields().isEmpty()) {
			needed.put("arrays of structs", new ReleaseVersion(2, 6, 4));
		}
		if (schema.dynamicFieldEnabled()) {
			needed.put("a dynamic field", new ReleaseVersion(2, 2, 9));
		}
		if (hasAddedFields(schema)) {
			needed.put("fields added later", new ReleaseVersion(2, 6, 0));
		}
		for (Index index : collection.indexes()) {
			if (index.params().containsKey("json_path")) {
				needed.put("an index of a JSON path", new ReleaseVersion(2, 5, 11));
			}
		}
		return needed;
	}

	private static void function(Map<String, ReleaseVersion> needed, Function function) {
		boolean bm25 = function.type() == BM25;
		needed.put(bm25 ? "the function BM25" : "functions of type " + function.type(),
				new ReleaseVersion(2, bm25 ? 5 : 6, 0));
	}

	private static void field(Map<String, ReleaseVersion> needed, Field field) {
		Map.Entry<String, ReleaseVersion> type = TYPES.get(field.dataType());
		if (type != null && !field.dynamic()) {
			needed.put("the type " + type.getKey(), type.getValue());
		}
		if (field.nullable() && !field.dynamic()) {
			needed.put("nullable fields", new ReleaseVersion(2, 5, 0));
		}
		if (field.defaultValue() != null) {
			needed.put("default values", new ReleaseVersion(2, 5, 0));
		}
		if (field.partitionKey()) {
			needed.put("a partition key", new ReleaseVersion(2, 2, 9));
		}
		if (field.clusteringKey()) {
			needed.put("a clustering key", new ReleaseVersion(2, 4, 0));
		}
	}

	/** The dynamic field is the last one that a collection is created with. */
	private static boolean hasAddedFields(Schema schema) {
		List<Field> dynamic = schema.fields().stream().filter(Field::dynamic).toList();
		return !dynamic.isEmpty() && schema.fields().stream().anyMatch((field) -> field.id() > dynamic.get(0).id());
	}

	private static Map.Entry<String, ReleaseVersion> type(String name, int major, int minor) {
		return Map.entry(name, new ReleaseVersion(major, minor, 0));
	}

}
