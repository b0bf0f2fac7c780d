package dev.milvusbackup.milvus;

import java.util.List;
import java.util.stream.LongStream;

import dev.milvusbackup.milvus.FieldIds.Changed;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Schema;
import dev.milvusbackup.model.StructArrayField;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FieldIdsTest {

	@Test
	void fieldsWithoutAGapKeepTheirIds() {
		assertThat(FieldIds.changed(schema(false, List.of(), 100, 101, 102))).isEmpty();
		assertThat(FieldIds.changed(schema(false, List.of(), 101, 100, 102))).isEmpty();
	}

	@Test
	void theHiddenDynamicFieldIsNoGap() {
		assertThat(FieldIds.changed(schema(true, List.of(), 100, 101))).isEmpty();
		assertThat(FieldIds.changed(schema(true, List.of(), 100, 101, 103))).isEmpty();
	}

	@Test
	void structsTakeIdsAfterTheFields() {
		StructArrayField struct = new StructArrayField(102, "s", "", fields(103, 104), List.of());
		assertThat(FieldIds.changed(schema(false, List.of(struct), 100, 101))).isEmpty();
		StructArrayField later = new StructArrayField(103, "s", "", fields(104, 105), List.of());
		assertThat(FieldIds.changed(schema(true, List.of(later), 100, 101))).isEmpty();
		assertThat(FieldIds.changed(schema(false, List.of(later), 100, 101))).contains(new Changed("s", 103, 102));
	}

	@Test
	void aFieldThatWasAddedAfterAStructKeepsItsId() {
		StructArrayField struct = new StructArrayField(102, "s", "", fields(103), List.of());
		assertThat(FieldIds.changed(schema(false, List.of(struct), 100, 101, 104))).isEmpty();
		assertThat(FieldPlan.of(schema(false, List.of(struct), 100, 101, 104)).added()).extracting(Field::id)
			.containsExactly(104L);
	}

	@Test
	void whatFollowsADroppedFieldWouldGetAnotherId() {
		assertThat(FieldIds.changed(schema(false, List.of(), 100, 102))).contains(new Changed("f102", 102, 101));
		assertThat(FieldIds.changed(schema(true, List.of(), 100, 102, 104))).contains(new Changed("f104", 104, 103));
	}

	@Test
	void aDynamicFieldWhoseIdIsToldHasToKeepIt() {
		Schema known = schema(true, List.of(), 100, 101).withField(dynamic(102));
		assertThat(FieldIds.changed(known)).isEmpty();
		assertThat(FieldIds.guessedDynamicId(known)).isEmpty();
		Schema afterADrop = schema(true, List.of(), 100, 101).withField(dynamic(103));
		assertThat(FieldIds.changed(afterADrop)).contains(new Changed("$meta", 103, 102));
	}

	@Test
	void aDynamicFieldWhoseIdIsNotToldGetsTheFirstFreeOne() {
		assertThat(FieldIds.guessedDynamicId(schema(true, List.of(), 100, 101, 103))).hasValue(102);
		assertThat(FieldIds.guessedDynamicId(schema(true, List.of()))).hasValue(100);
		assertThat(FieldIds.guessedDynamicId(schema(false, List.of(), 100, 102))).isEmpty();
	}

	private static Field dynamic(long id) {
		return new Field(id, "$meta", false, "", 23, List.of(), List.of(), false, 0, 0, true, false, false, false,
				false, null);
	}

	private static Schema schema(boolean dynamic, List<StructArrayField> structs, long... ids) {
		return new Schema("c", "", false, fields(ids), dynamic, List.of(), List.of(), structs);
	}

	private static List<Field> fields(long... ids) {
		return LongStream.of(ids)
			.mapToObj((id) -> new Field(id, "f" + id, id == 100, "", 5, List.of(), List.of(), false, 0, 0, false, false,
					false, false, false, null))
			.toList();
	}

}
