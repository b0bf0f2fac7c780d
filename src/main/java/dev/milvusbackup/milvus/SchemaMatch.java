package dev.milvusbackup.milvus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Schema;
import dev.milvusbackup.model.StructArrayField;
import org.jspecify.annotations.Nullable;

/**
 * Whether a created collection can take the binlogs of another. Servers silently ignore
 * what they do not know, and give out field ids as they like.
 */
final class SchemaMatch {

	private SchemaMatch() {
	}

	/**
	 * What is wrong with the created one, or empty.
	 */
	static Optional<String> difference(Schema wanted, Schema created) {
		if (wanted.dynamicFieldEnabled() != created.dynamicFieldEnabled()) {
			return Optional.of("the server did not take over the dynamic field");
		}
		Map<String, Field> there = fields(created);
		for (Map.Entry<String, Field> entry : fields(wanted).entrySet()) {
			String difference = difference(entry.getValue(), there.get(entry.getKey()));
			if (!difference.isEmpty()) {
				return Optional.of("field '" + entry.getKey() + "' " + difference);
			}
		}
		return Optional.empty();
	}

	private static String difference(Field wanted, @Nullable Field created) {
		if (created == null) {
			return "is missing on the server";
		}
		if (wanted.id() != created.id()) {
			return "got the id " + created.id() + " instead of " + wanted.id();
		}
		if (wanted.dataType() != created.dataType() || wanted.elementType() != created.elementType()) {
			return "got another type on the server";
		}
		if (wanted.nullable() != created.nullable()) {
			return "is not nullable on the server";
		}
		return (wanted.partitionKey() != created.partitionKey()) ? "is not the partition key on the server" : "";
	}

	private static Map<String, Field> fields(Schema schema) {
		Map<String, Field> fields = new LinkedHashMap<>();
		put(fields, "", schema.fields());
		for (StructArrayField struct : schema.structArrayFields()) {
			put(fields, struct.name() + ".", struct.fields());
		}
		return fields;
	}

	private static void put(Map<String, Field> all, String prefix, List<Field> fields) {
		for (Field field : fields) {
			if (!field.dynamic()) {
				all.put(prefix + field.name(), field);
			}
		}
	}

}
