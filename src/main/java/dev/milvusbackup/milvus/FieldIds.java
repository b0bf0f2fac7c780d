package dev.milvusbackup.milvus;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Schema;
import dev.milvusbackup.model.StructArrayField;

/**
 * The ids that a server gives to the fields of a collection that is created from a
 * description: in order, without gaps (format.md 9.4). Pure.
 */
public final class FieldIds {

	/**
	 * The id of the first field that a user can have; those below are of Milvus itself.
	 */
	public static final long FIRST = 100;

	private FieldIds() {
	}

	/**
	 * The first field that would get another id than it has, as after fields were dropped
	 * at the source; empty when all keep theirs.
	 */
	public static Optional<Changed> changed(Schema schema) {
		FieldPlan plan = FieldPlan.of(schema);
		List<Named> order = new ArrayList<>();
		plan.first().forEach((field) -> order.add(new Named(field.name(), field.id())));
		if (schema.dynamicFieldEnabled()) {
			long next = FIRST + order.size();
			order.add(dynamic(schema).map((field) -> new Named(field.name(), field.id()))
				.orElseGet(() -> new Named("", next)));
		}
		schema.structArrayFields()
			.stream()
			.sorted(Comparator.comparingLong(StructArrayField::id))
			.forEach((struct) -> add(order, struct));
		plan.added().forEach((field) -> order.add(new Named(field.name(), field.id())));
		for (int i = 0; i < order.size(); i++) {
			Named field = order.get(i);
			if (field.id() != FIRST + i) {
				return Optional.of(new Changed(field.name(), field.id(), FIRST + i));
			}
		}
		return Optional.empty();
	}

	/**
	 * The id that the dynamic field gets, when the description does not tell which one it
	 * has; empty when there is none or its id is known.
	 */
	public static OptionalLong guessedDynamicId(Schema schema) {
		return (schema.dynamicFieldEnabled() && dynamic(schema).isEmpty()) ? OptionalLong.of(FieldPlan.firstGap(schema))
				: OptionalLong.empty();
	}

	/**
	 * The ids that the description tells.
	 */
	public static Set<Long> described(Schema schema) {
		return FieldPlan.described(schema);
	}

	private static Optional<Field> dynamic(Schema schema) {
		return schema.fields().stream().filter(Field::dynamic).findFirst();
	}

	private static void add(List<Named> order, StructArrayField struct) {
		order.add(new Named(struct.name(), struct.id()));
		for (Field field : struct.fields()) {
			order.add(new Named(struct.name() + "." + field.name(), field.id()));
		}
	}

	/**
	 * A field with its id, and the one that it would get.
	 */
	public record Changed(String field, long id, long newId) {
	}

	private record Named(String name, long id) {
	}

}
