package dev.milvusbackup.milvus;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Schema;
import dev.milvusbackup.model.StructArrayField;

/**
 * Which fields to create with the collection and which to add afterwards. A server gives
 * out field ids in order, first to the fields it is sent, then to the hidden dynamic
 * field and to arrays of structs: what came after these at the source must come after
 * them again (format.md 9.3).
 *
 * @param first in the order of their ids
 * @param added in the order of their ids
 */
record FieldPlan(List<Field> first, List<Field> added) {

	static FieldPlan of(Schema schema) {
		List<Field> fields = schema.fields()
			.stream()
			.filter((field) -> !field.dynamic())
			.sorted(Comparator.comparingLong(Field::id))
			.toList();
		long first = schema.dynamicFieldEnabled() ? dynamicId(schema) : firstStruct(schema);
		return new FieldPlan(fields.stream().filter((field) -> field.id() < first).toList(),
				fields.stream().filter((field) -> field.id() > first).toList());
	}

	private static long firstStruct(Schema schema) {
		return schema.structArrayFields().stream().mapToLong(StructArrayField::id).min().orElse(Long.MAX_VALUE);
	}

	private static long dynamicId(Schema schema) {
		return schema.fields()
			.stream()
			.filter(Field::dynamic)
			.mapToLong(Field::id)
			.findFirst()
			.orElseGet(() -> firstGap(schema));
	}

	/**
	 * The id that the dynamic field gets in a collection with these fields.
	 */
	static long firstGap(Schema schema) {
		Set<Long> ids = described(schema);
		long expected = ids.stream().findFirst().orElse(FieldIds.FIRST);
		for (long id : ids) {
			if (id != expected) {
				break;
			}
			expected++;
		}
		return expected;
	}

	static Set<Long> described(Schema schema) {
		return Stream
			.concat(schema.fields().stream().map(Field::id), schema.structArrayFields()
				.stream()
				.flatMap((struct) -> Stream.concat(Stream.of(struct.id()), struct.fields().stream().map(Field::id))))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
