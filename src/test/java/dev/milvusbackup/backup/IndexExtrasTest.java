package dev.milvusbackup.backup;

import java.util.List;
import java.util.Map;

import dev.milvusbackup.backup.SourceException.Kind;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.IndexExtra;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeSchemas;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What only the metadata store tells, in the backup.
 */
class IndexExtrasTest {

	private BackupHarness harness;

	private FakeCollection books;

	@BeforeEach
	void start() throws Exception {
		this.harness = new BackupHarness("2.6.11");
		this.harness.indexExtra = true;
		this.books = this.harness.fake.create("books", FakeSchemas.dynamic())
			.index("vector", "v", Map.of("index_type", "FLAT", "metric_type", "L2"));
		this.books.insertSegment("_default", 5);
	}

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void indexesAndTheHiddenFieldAreInTheManifest(boolean metaOnly) {
		this.harness.metaOnly = metaOnly;
		this.harness.etcd.put("by-dev", this.books).putDropped("by-dev", this.books);
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		Collection collection = collection();
		assertThat(collection.indexes()).extracting(Index::extra)
			.singleElement()
			.extracting(IndexExtra::fieldId, IndexExtra::createTime, IndexExtra::maxVersion)
			.containsExactly(102L, 449_000_000_000_000_000L, 4);
		List<Field> fields = collection.schema().fields();
		Field last = fields.get(fields.size() - 1);
		assertThat(last.dynamic()).isTrue();
		assertThat(last.name()).isEqualTo("$meta");
		assertThat(fields.stream().filter(Field::dynamic)).hasSize(1);
	}

	@Test
	void theHiddenFieldHasItsOwnIdAfterAnotherFieldWasDropped() {
		this.books.dropField("text");
		this.harness.etcd.put("by-dev", this.books);
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(collection().schema().fields()).filteredOn(Field::dynamic)
			.singleElement()
			.extracting(Field::id)
			.isEqualTo(103L);
	}

	@Test
	void nothingIsAskedUnlessAskedFor() {
		this.harness.indexExtra = false;
		this.harness.etcd.close();
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(collection().indexes()).extracting(Index::extra).containsOnlyNulls();
		assertThat(collection().schema().fields()).noneMatch(Field::dynamic);
	}

	@Test
	void anIndexThatOneOfThemDoesNotTellOfFailsTheBackupAndTheSameRunGoesOn() {
		this.harness.etcd.put("by-dev", this.books);
		this.books.index("text", "t", Map.of("index_type", "INVERTED"));
		SourceException failure = BackupHarness.failure(this.harness.backUp(), SourceException.class);
		assertThat(failure.kind()).isEqualTo(Kind.SOURCE);
		assertThat(failure).hasMessageContaining("default.books").hasMessageContaining("tells of the indexes");
		assertThat(this.harness.exists()).isFalse();
		this.harness.etcd.put("by-dev", this.books);
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(collection().indexes()).hasSize(2).extracting(Index::extra).doesNotContainNull();
	}

	@Test
	void anEtcdThatLeavesIsUnavailableAndTheSameRunGoesOn() {
		this.harness.etcd.put("by-dev", this.books).failNext(1000);
		MilvusException failure = BackupHarness.failure(this.harness.backUp(), MilvusException.class);
		assertThat(failure.kind()).isEqualTo(MilvusException.Kind.UNAVAILABLE);
		this.harness.etcd.failNext(0);
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.exists()).isTrue();
	}

	private Collection collection() {
		return this.harness.manifest().collections().get(0).collection();
	}

}
