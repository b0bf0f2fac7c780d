package dev.milvusbackup.restore;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.restore.RestorePlanRequest.Options;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeSchemas;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.KeyValuePair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Indexes of all kinds with all of their parameters, and parameters that are to be left
 * out.
 */
class RestoreIndexesTest {

	private static final Map<String, String> HNSW = Map.of("index_type", "HNSW", "metric_type", "COSINE", "params",
			"{\"M\":16,\"efConstruction\":200}", "mmap.enabled", "true");

	private RestoreHarness harness;

	private FakeCollection books;

	@BeforeEach
	void start() throws Exception {
		this.harness = new RestoreHarness("2.6.11");
		this.harness.options = new Options(true, false, false, false, false, false);
		CollectionSchema.Builder schema = FakeSchemas.simple().toBuilder();
		schema.addFields(FieldSchema.newBuilder().setName("about").setDataType(DataType.JSON));
		schema.setFields(1,
				schema.getFields(1)
					.toBuilder()
					.addTypeParams(KeyValuePair.newBuilder().setKey("mmap.enabled").setValue("true")));
		this.books = this.harness.fake.create("books", schema.build());
		this.books.index("vector", "v", HNSW);
		this.books.index("text", "t", Map.of("index_type", "INVERTED"));
		this.books.index("about", "year", path("year"));
		this.books.index("about", "about/author", path("author"));
		this.books.insertSegment("_default", 5);
	}

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@Test
	void everyIndexKeepsItsParametersAndAFieldItsPaths() throws Exception {
		restore();
		Map<String, Map<String, String>> indexes = indexes();
		assertThat(indexes).hasSize(4)
			.containsEntry("v", HNSW)
			.containsEntry("t", Map.of("index_type", "INVERTED"))
			.containsEntry("year", path("year"));
		// its name is one that no request may have
		assertThat(indexes.values()).contains(path("author"));
	}

	@Test
	void aPathWhoseIndexIsMissingIsDamageThoughAnotherIsThere() throws Exception {
		this.harness.listeners.add(new StepExecutionListener() {
			@Override
			public void beforeStep(StepExecution stepExecution) {
				if (stepExecution.getStepName().equals("verifyRestore")) {
					RestoreIndexesTest.this.harness.target("books_r").withoutIndex("year");
				}
			}
		});
		this.harness.backUp(this.books);
		assertThat(RestoreHarness.failure(this.harness.restore()))
			.isInstanceOfSatisfying(RestoreException.class, (ex) -> assertThat(ex.kind()).isEqualTo(Kind.DAMAGED))
			.hasMessageContaining("the index of field about and path about[\"year\"] is missing");
	}

	@Test
	void parametersOfIndexesAndFieldsAreLeftOutOnRequest() throws Exception {
		this.harness.details = new RestoreDetails(null, 0,
				new SkipParams(Set.of(), Set.of("mmap.enabled"), Set.of(), Set.of("mmap.enabled")), false, Wishes.NONE);
		restore();
		assertThat(indexes().get("v")).doesNotContainKey("mmap.enabled").containsEntry("metric_type", "COSINE");
		Field text = this.harness.calls.milvus()
			.catalog()
			.describe(CollectionName.parse("books_r"))
			.schema()
			.fields()
			.get(1);
		assertThat(text.typeParams()).extracting(KeyValue::key).containsExactly("max_length");
	}

	private static Map<String, String> path(String key) {
		return Map.of("index_type", "INVERTED", "json_path", "about[\"" + key + "\"]", "json_cast_type", "varchar");
	}

	private Map<String, Map<String, String>> indexes() {
		return this.harness.calls.milvus()
			.schema()
			.indexes(CollectionName.parse("books_r"))
			.stream()
			.collect(Collectors.toMap(Index::name, Index::params));
	}

	private void restore() throws Exception {
		this.harness.backUp(this.books);
		this.harness.requireRestored();
	}

}
