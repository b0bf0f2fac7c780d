package dev.milvusbackup.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.milvusbackup.testing.milvus.FakeSchemas;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.Collection.Checkpoint;
import dev.milvusbackup.model.Collection.Replicas;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.Rbac;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeSegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What newer servers tell of themselves and of their segments.
 */
class WholeSourceTest {

	private static final String DESCRIBE = "/v2/vectordb/segments/describe";

	private BackupHarness harness;

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void oneFlushOfEverythingIsRecordedWithItsPositions() throws Exception {
		start("2.6.11").flush = FlushMode.ALL;
		this.harness.fake.collection("a").insertGrowing("_default", 7);
		this.harness.fake.collection("b").insertGrowing("_default", 3);
		this.harness.fake.unfinishedFlushAnswers(2);
		succeed();
		assertThat(segments().stream().mapToLong(Segment::rows).sum()).isEqualTo(10);
		ClusterState.FlushPositions flush = this.harness.manifest().cluster().flush();
		assertThat(flush.messages()).hasSize(16).containsKey("by-dev-rootcoord-dml_0");
		assertThat(flush.controlChannel()).isEqualTo("by-dev-rootcoord-dml_0_vcchan");
		assertThat(flush.physicalChannels()).hasSize(16);
		assertThat(this.harness.manifest().collections())
			.allSatisfy((backup) -> assertThat(backup.collection().checkpoint()).isEqualTo(Checkpoint.NONE));
		assertThat(this.harness.fake.faults().calls("Flush")).isZero();
	}

	@Test
	void aRestartKeepsThePositionsOfTheFirstFlush() throws Exception {
		start("2.6.11").flush = FlushMode.ALL;
		this.harness.fake.collection("a").insertSegment("_default", 7);
		this.harness.target.on(Operation.WRITE).key("draft.json.gz").nth(1).fail();
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.FAILED);
		String first = this.harness.ledger.source(this.harness.runId).orElseThrow();
		succeed();
		assertThat(this.harness.fake.faults().calls("FlushAll")).isOne();
		assertThat(this.harness.ledger.source(this.harness.runId)).contains(first);
	}

	@Test
	void aFlushThatFailsIsNotTakenForDone() throws Exception {
		start("2.6.11").flush = FlushMode.ALL;
		this.harness.fake.collection("a").insertGrowing("_default", 7);
		this.harness.fake.faults().refused("FlushAll", 65535, "no");
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.exists()).isFalse();
		succeed();
		assertThat(segments().stream().mapToLong(Segment::rows).sum()).isEqualTo(7);
	}

	@Test
	void objectsThatTheServerDoesNotNameStayOut() throws Exception {
		start("2.5.8");
		FakeCollection a = this.harness.fake.collection("a");
		FakeSegment segment = a.insertSegment("_default", 7);
		List<ObjectStat> objects = a.objects(segment);
		String some = objects.get(0).key().value();
		this.harness.milvusStore.put(some.substring(0, some.lastIndexOf('/')) + "/1", "left behind");
		succeed();
		assertThat(segments()).singleElement().satisfies((copied) -> {
			assertThat(copied.binlogs()).hasSize(objects.size());
			assertThat(copied.virtualChannel())
				.isEqualTo(this.harness.manifest().collections().get(0).collection().virtualChannels().get(0));
		});
	}

	@Test
	void segmentsAreAskedForTogether() throws Exception {
		start("2.6.0");
		FakeCollection a = this.harness.fake.collection("a");
		for (int i = 0; i < 30; i++) {
			a.insertSegment("_default", 2);
		}
		succeed();
		assertThat(segments()).hasSize(30).allSatisfy((one) -> assertThat(one.virtualChannel()).isNotNull());
		assertThat(this.harness.fake.faults().calls(DESCRIBE)).isOne();
	}

	@Test
	void anInsertLogThatTheServerNamesAndTheStoreHasNotIsAFailure() throws Exception {
		start("2.6.0");
		FakeCollection a = this.harness.fake.collection("a");
		a.insertSegment("_default", 7);
		FakeSegment holed = a.insertSegment("_default", 5);
		this.harness.milvusStore.delete(List.of(a.objects(holed).get(0).key()));
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.exists()).isFalse();
	}

	@Test
	void aServerWhoseRestIsOffIsBackedUpByListing() throws Exception {
		start("2.5.8");
		this.harness.fake.collection("a").insertSegment("_default", 7);
		this.harness.fake.faults().refused(DESCRIBE, 1800, "user hasn't authenticated");
		succeed();
		assertThat(segments()).singleElement().satisfies((one) -> {
			assertThat(one.rows()).isEqualTo(7);
			assertThat(one.virtualChannel()).isNull();
		});
	}

	@Test
	void usersAndRolesAreKeptWhenAskedFor() throws Exception {
		start("2.5.8").rbac = true;
		this.harness.fake.collection("a");
		this.harness.fake.roles()
			.role("reader")
			.user("alice", "$2a$10$hash", "reader")
			.grant("reader", "Search", "default", "a")
			.privilegeGroup("pg", "Query", "Search");
		succeed();
		assertThat(this.harness.manifest().cluster().rbac())
			.isEqualTo(new Rbac(List.of(new Rbac.User("alice", "$2a$10$hash", List.of("reader"))), List.of("reader"),
					List.of(new Rbac.Grant("reader", "Collection", "a", "root", "Search", "default")),
					List.of(new Rbac.PrivilegeGroup("pg", List.of("Query", "Search")))));
	}

	@Test
	void usersAndRolesAreNotKeptUnlessAskedFor() throws Exception {
		start("2.5.8");
		this.harness.fake.collection("a");
		this.harness.fake.roles().role("reader");
		succeed();
		assertThat(this.harness.manifest().cluster().rbac()).isNull();
	}

	@Test
	void theKeyOfAnEncryptedDatabaseIsInTheManifestAndNotInTheLedger() throws Exception {
		start("2.6.0");
		this.harness.fake.database("vault", Map.of("cipher.ezID", "7", "cipher.key", "zone-secret"));
		this.harness.fake.collection("vault.a").insertSegment("_default", 2);
		succeed();
		assertThat(this.harness.manifest().databases()).filteredOn((database) -> database.name().equals("vault"))
			.extracting(Database::encryptionKey)
			.containsExactly("zone-secret");
		assertThat(this.harness.ledger.source(this.harness.runId).orElse("")).doesNotContain("zone-secret");
	}

	@Test
	void aKeyThatCannotBeHadFailsTheBackup() throws Exception {
		start("2.6.0");
		this.harness.fake.database("vault", Map.of("cipher.ezID", "7", "cipher.key", "k"));
		this.harness.fake.collection("vault.a");
		this.harness.fake.management().answerWith(500, "no");
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.exists()).isFalse();
	}

	@Test
	void thePositionOfTheReplicationChannelIsKept() throws Exception {
		start("2.5.0");
		this.harness.fake.collection("a");
		succeed();
		assertThat(this.harness.manifest().cluster().rpcChannel()).isNotNull()
			.satisfies((channel) -> assertThat(channel.name()).isEqualTo("by-dev-replicate-msg"));
	}

	@Test
	void onlyTheCollectionsInTheBackupArePaused() throws Exception {
		start("2.6.8").pauseGc = true;
		FakeCollection a = this.harness.fake.collection("a");
		a.insertSegment("_default", 2);
		FakeCollection other = this.harness.fake.collection("other.b");
		this.harness.filter = CollectionFilter.parse("a");
		List<Boolean> covered = new ArrayList<>();
		AtomicBoolean told = new AtomicBoolean();
		this.harness.target.on(Operation.COPY).nth(1).run(() -> {
			covered.add(this.harness.fake.management().pausesByCollection().covers(a.id()));
			covered.add(this.harness.fake.management().pausesByCollection().covers(other.id()));
			told.set(true);
		});
		succeed();
		assertThat(told).isTrue();
		assertThat(covered).containsExactly(true, false);
		assertThat(this.harness.fake.management().pausesByCollection().open()).isZero();
		assertThat(this.harness.fake.management().resumes()).isOne();
	}

	@Test
	void aLoadedCollectionKeepsItsReplicas() throws Exception {
		start("2.5.0");
		this.harness.fake.collection("a").index("vector", "v", Map.of("index_type", "FLAT")).load();
		this.harness.fake.collection("b");
		succeed();
		assertThat(this.harness.manifest().collections())
			.filteredOn((backup) -> backup.collection().name().name().equals("a"))
			.allSatisfy((backup) -> assertThat(backup.collection().replicas().number()).isOne());
		assertThat(this.harness.manifest().collections())
			.filteredOn((backup) -> backup.collection().name().name().equals("b"))
			.allSatisfy((backup) -> assertThat(backup.collection().replicas()).isEqualTo(Replicas.NONE));
	}

	@Test
	void anExternalCollectionIsLeftOutAndTheBackupIsComplete() throws Exception {
		start("3.0");
		this.harness.fake.collection("a").insertSegment("_default", 2);
		this.harness.fake.create("lake", FakeSchemas.external());
		succeed();
		assertThat(this.harness.manifest().collections()).extracting((backup) -> backup.collection().name().name())
			.containsExactly("a");
	}

	@Test
	void anExternalCollectionThatIsAskedForIsRefused() throws Exception {
		start("3.0").filter = CollectionFilter.parse("lake");
		this.harness.fake.create("lake", FakeSchemas.external());
		SourceException refusal = BackupHarness.failure(this.harness.backUp(), SourceException.class);
		assertThat(refusal).hasMessageContaining("'default.lake': it is an external collection");
		assertThat(refusal.kind()).isEqualTo(SourceException.Kind.PREFLIGHT);
	}

	private BackupHarness start(String version) throws Exception {
		this.harness = new BackupHarness(version);
		return this.harness;
	}

	private void succeed() {
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

	private List<Segment> segments() {
		List<Segment> segments = new ArrayList<>();
		new ManifestStore(this.harness.backups).read(this.harness.layout, segments::add);
		return segments;
	}

}
