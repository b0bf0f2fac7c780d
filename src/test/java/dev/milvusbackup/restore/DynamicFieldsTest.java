package dev.milvusbackup.restore;

import java.util.List;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.restore.RestorePlanRequest.Options;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeSchemas;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The hidden dynamic field, whose id nothing describes. The simulated server refuses its
 * values under another id, where a real one loses them.
 */
class DynamicFieldsTest {

	private RestoreHarness harness;

	private FakeCollection books;

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@Test
	void aFieldThatWasDroppedBeforeAnotherIsNotTakenForTheDynamicOne() throws Exception {
		start("2.5.20");
		this.books.insertSegment("_default", 5);
		this.books.dropField("text");
		assertRefused("'default.books_r' (field 101 was dropped, as vector cannot have been added later");
	}

	@Test
	void rowsThatCameAfterTheDropTellWhereTheirDynamicValuesAre() throws Exception {
		start("2.5.20");
		this.books.dropField("text").insertSegment("_default", 5);
		assertRefused("its segments hold values of field 103", "would get the id 101");
	}

	@Test
	void theLastFieldMayHaveBeenDropped() throws Exception {
		start("2.5.20");
		this.books.insertSegment("_default", 5);
		this.books.dropField("vector");
		assertRefused("its dynamic field may be any of the fields 102, 103");
	}

	@Test
	void theSameWithAMandatoryFieldAndGroupsOfColumns() throws Exception {
		start("3.0");
		this.books.insertSegment("_default", 5);
		this.books.dropField("text");
		assertRefused("field 101 was dropped");
	}

	@Test
	void whatWasDroppedAfterTheDynamicFieldDoesNotMatter() throws Exception {
		start("2.6.5");
		this.books.withoutColumnGroups().addField(nullable("later")).insertSegment("_default", 5);
		this.books.dropField("later").insertSegment("_default", 6);
		assertRestored();
	}

	@Test
	void withoutRowsThereIsNothingToLose() throws Exception {
		start("2.5.20");
		this.books.dropField("vector");
		assertRestored();
	}

	@Test
	void withoutRowsThereIsNothingToLoseIfNoneAreAskedFor() throws Exception {
		start("2.5.20");
		this.books.insertSegment("_default", 5);
		this.books.dropField("vector");
		this.harness.backUp(this.books);
		this.harness.options = new Options(false, false, true, false, false, false);
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target("books_r").rows()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.6.0", "2.6.11" })
	void releasesThatDropNoFieldsLeaveNoDoubt(String version) throws Exception {
		start(version);
		this.books.addField(nullable("later")).insertSegment("_default", 5);
		assertRestored();
	}

	@Test
	void whereFieldsCanBeDroppedAGapIsAmbiguousUnlessTheBackupTellsTheId() throws Exception {
		start("3.0");
		this.books.addField(nullable("later")).insertSegment("_default", 5);
		assertRefused("field 103 may be its dynamic field or one that was dropped");
		Collection described = this.harness.calls.milvus().catalog().describe(CollectionName.parse("books"));
		backup().add(described.withSchema(described.schema().withField(dynamic(103))), this.books)
			.write(this.harness.backupStore, this.harness.layout);
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target("books_r").rows()).isEqualTo(5);
	}

	@Test
	void anIdThatTheBackupTellsAndNoNewCollectionHasIsRefused() throws Exception {
		start("3.0");
		this.books.insertSegment("_default", 5);
		Collection described = this.harness.calls.milvus().catalog().describe(CollectionName.parse("books"));
		backup().add(described.withSchema(described.schema().withField(dynamic(104))), this.books)
			.write(this.harness.backupStore, this.harness.layout);
		assertIncompatible("field $meta has the id 104 and would get 103");
	}

	private void start(String version) throws Exception {
		this.harness = new RestoreHarness(version);
		this.books = this.harness.fake.create("books", FakeSchemas.dynamic());
	}

	private FakeBackup backup() {
		return this.harness.backup().version(this.harness.calls.milvus().catalog().version());
	}

	private void assertRestored() throws Exception {
		backup().add(this.books).write(this.harness.backupStore, this.harness.layout);
		assertThat(this.harness.restore().getStatus()).as(this.harness.outcome().toString())
			.isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target("books_r").visible()).isEqualTo(this.books.visible());
	}

	private void assertRefused(String... causes) throws Exception {
		backup().add(this.books).write(this.harness.backupStore, this.harness.layout);
		RestoreException refusal = assertIncompatible(causes);
		assertThat(refusal.hint()).contains("--backup_index_extra");
	}

	private RestoreException assertIncompatible(String... causes) throws Exception {
		RestoreException refusal = (RestoreException) RestoreHarness.failure(this.harness.restore());
		assertThat(refusal.kind()).isEqualTo(Kind.INCOMPATIBLE);
		assertThat(refusal).hasMessageContainingAll(causes);
		assertThat(this.harness.fake.find("books_r")).isNull();
		return refusal;
	}

	private static FieldSchema nullable(String name) {
		return FieldSchema.newBuilder().setName(name).setDataType(DataType.Int64).setNullable(true).build();
	}

	private static Field dynamic(long id) {
		return new Field(id, "$meta", false, "", DataType.JSON_VALUE, List.of(), List.of(), false, 0, 0, true, false,
				false, false, false, null);
	}

}
