package dev.milvusbackup.milvus;

import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Schema;
import dev.milvusbackup.model.StructArrayField;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FieldPlanTest {

	@Test
	void withoutADynamicFieldAllFieldsGoFirstInTheOrderOfTheirIds() {
		FieldPlan plan = FieldPlan.of(schema(false, List.of(), field(102), field(100), field(101)));
		assertThat(plan.first()).extracting(Field::id).containsExactly(100L, 101L, 102L);
		assertThat(plan.added()).isEmpty();
	}

	@Test
	void theHiddenDynamicFieldIsGuessedBehindTheLastField() {
		FieldPlan plan = FieldPlan.of(schema(true, List.of(), field(100), field(101)));
		assertThat(plan.first()).hasSize(2);
		assertThat(plan.added()).isEmpty();
	}

	@Test
	void theHiddenDynamicFieldIsGuessedInTheFirstGap() {
		FieldPlan plan = FieldPlan.of(schema(true, List.of(), field(100), field(101), field(103), field(104)));
		assertThat(plan.first()).extracting(Field::id).containsExactly(100L, 101L);
		assertThat(plan.added()).extracting(Field::id).containsExactly(103L, 104L);
	}

	@Test
	void idsOfStructFieldsAreNoGap() {
		StructArrayField struct = new StructArrayField(102, "s", "", List.of(field(103)), List.of());
		FieldPlan plan = FieldPlan.of(schema(true, List.of(struct), field(100), field(101), field(105)));
		assertThat(plan.first()).extracting(Field::id).containsExactly(100L, 101L);
		assertThat(plan.added()).extracting(Field::id).containsExactly(105L);
	}

	@Test
	void aRecordedDynamicFieldIsNotGuessedAndNotSent() {
		Field dynamic = new Field(103, "$meta", false, "", 23, List.of(), List.of(), false, 0, 0, true, false, false,
				false, false, null);
		FieldPlan plan = FieldPlan.of(schema(true, List.of(), field(100), field(102), field(104), dynamic));
		assertThat(plan.first()).extracting(Field::id).containsExactly(100L, 102L);
		assertThat(plan.added()).extracting(Field::id).containsExactly(104L);
	}

	@Test
	void aSchemaWithoutFieldsIsNoFailure() {
		assertThat(FieldPlan.of(schema(true, List.of()))).isEqualTo(new FieldPlan(List.of(), List.of()));
	}

	private static Schema schema(boolean dynamic, List<StructArrayField> structs, Field... fields) {
		return new Schema("c", "", false, new ArrayList<>(List.of(fields)), dynamic, List.of(), List.of(), structs);
	}

	private static Field field(long id) {
		return new Field(id, "f" + id, id == 100, "", 5, List.of(), List.of(), false, 0, 0, false, false, false, false,
				false, null);
	}

}
