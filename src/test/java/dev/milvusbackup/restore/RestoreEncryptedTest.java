package dev.milvusbackup.restore;

import java.util.List;
import java.util.Map;

import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.EncryptionKeys;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.testing.milvus.FakeCollection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Collections of encrypted databases.
 */
class RestoreEncryptedTest {

	private static final String OLD = "old-secret";

	private static final String NEW = "new-secret";

	private RestoreHarness harness;

	private FakeCollection gold;

	@BeforeEach
	void start() throws Exception {
		this.harness = new RestoreHarness("2.6.5");
		this.harness.fake.encryptedDatabase("vault", OLD);
		this.gold = this.harness.fake.collection("vault.gold");
		this.gold.insertSegment("_default", 5);
		this.gold.history().delete("_default", 1);
		FakeCollection books = this.harness.fake.collection("books");
		books.insertSegment("_default", 7);
		this.harness.backup()
			.cluster(ClusterState.NONE,
					List.of(new Database("default", 1, List.of()), new Database("vault", 2,
							List.of(new KeyValue("cipher.ezID", "1"), new KeyValue("cipher.key", "root")), OLD)))
			.add(this.gold, books)
			.write(this.harness.backupStore, this.harness.layout);
	}

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@Test
	void theKeyOfTheBackupOpensTheLogs() throws Exception {
		this.harness.requireRestored();
		assertThat(this.harness.target("vault.gold_r").visible()).isEqualTo(this.gold.visible());
		assertThat(this.harness.target("books_r").rows()).isEqualTo(7);
	}

	@Test
	void aKeyThatHasChangedIsMapped() throws Exception {
		this.harness.fake.encryptionKeys(Map.of(NEW, OLD));
		this.harness.details = keys(Map.of(OLD, NEW, "another", "key"));
		this.harness.requireRestored();
		assertThat(this.harness.target("vault.gold_r").visible()).isEqualTo(this.gold.visible());
		assertThat(this.harness.target("books_r").rows()).isEqualTo(7);
	}

	@Test
	void withTheRightMappingTheRestoreGoesOn() throws Exception {
		this.harness.fake.encryptionKeys(Map.of(NEW, OLD));
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.outcome().get("vault.gold_r")).startsWith("FAILED").doesNotContain(OLD);
		this.harness.details = keys(Map.of(OLD, NEW));
		this.harness.requireRestored();
		assertThat(this.harness.target("vault.gold_r").visible()).isEqualTo(this.gold.visible());
	}

	@Test
	void aNewDatabaseGetsTheKeyOfTheOldOneButNotItsNumber() throws Exception {
		this.harness.suffix = "";
		this.harness.renames = List.of("vault.*:safe.*", "vault.:safe.", "books:copy");
		this.harness.requireRestored();
		assertThat(this.harness.fake.databaseProperties("safe")).containsExactly(Map.entry("cipher.key", "root"));
		assertThat(this.harness.target("safe.gold").visible()).isEqualTo(this.gold.visible());
	}

	@Test
	void aMappingOfKeysThatTheBackupDoesNotHaveIsRefusedWithoutNamingThem() throws Exception {
		this.harness.details = keys(Map.of("stranger", NEW));
		Throwable failure = RestoreHarness.failure(this.harness.restore());
		assertThat(failure).isInstanceOfSatisfying(RestoreException.class, (ex) -> {
			assertThat(ex.kind()).isEqualTo(Kind.PREFLIGHT);
			assertThat(ex.getMessage() + ex.hint()).contains("vault").doesNotContain("stranger", OLD, NEW);
		});
		assertThat(this.harness.fake.find("vault.gold_r")).isNull();
	}

	@Test
	void keysAreMaskedWhereverTheyAreWritten() throws Exception {
		this.harness.details = keys(Map.of(OLD, NEW));
		assertThat(this.harness.details + " " + this.harness.details.keys()).doesNotContain(OLD, NEW);
		this.harness.restore();
		assertThat(this.harness.ledgers.imports().imports(this.harness.runId) + " "
				+ this.harness.ledgers.segments().collections(this.harness.runId))
			.doesNotContain(OLD, NEW);
	}

	private static RestoreDetails keys(Map<String, String> mapping) {
		return RestoreDetails.NONE.withKeys(new EncryptionKeys(mapping));
	}

}
