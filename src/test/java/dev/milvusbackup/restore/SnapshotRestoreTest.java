package dev.milvusbackup.restore;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.layout.SnapshotUris;
import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.ledger.TargetProgress;
import dev.milvusbackup.manifest.BackupFormat;
import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.manifest.LogPaths;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.manifest.SegmentSource;
import dev.milvusbackup.manifest.SnapshotBackup;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusSnapshots.Place;
import dev.milvusbackup.milvus.SnapshotJob;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.RestoreMapping;
import dev.milvusbackup.model.RestoreMapping.CollectionMapping;
import dev.milvusbackup.model.RestoreMapping.DatabaseMapping;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.restore.RestorePlanRequest.Options;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.testing.InterruptedCalls.Killed;
import dev.milvusbackup.testing.milvus.FakeCollection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Restores of the snapshot format, into the simulated Milvus 3.0.
 */
class SnapshotRestoreTest {

	private RestoreHarness harness;

	private FakeCollection books;

	private FakeCollection goods;

	@BeforeEach
	void backUp() throws Exception {
		this.harness = new RestoreHarness("3.0");
		this.harness.useOtherBucket();
		this.harness.staged = true;
		this.harness.fake.snapshots().addBucket("a-bucket", this.harness.milvusStore);
		this.harness.fake.snapshots().addBucket("bk-bucket", this.harness.backupStore);
		this.books = this.harness.fake.collection("books").property("collection.ttl.seconds", "60");
		this.books.index("vector", "v_idx", Map.of("index_type", "HNSW", "metric_type", "L2", "mmap.enabled", "true"));
		this.books.insertSegment("_default", 10);
		this.books.insertSegment("new", 5);
		this.goods = this.harness.fake.collection("shop.goods");
		this.goods.insertSegment("_default", 20);
		write(15, 20);
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void collectionsComeBackAsTheyWere() throws Exception {
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(4);
		assertThat(imports()).allSatisfy((planned) -> {
			assertThat(planned.state()).isEqualTo(PlannedImport.State.IMPORTED);
			assertThat(planned.jobId()).isPositive();
		});
	}

	@Test
	void aBackupOfTheGoToolDoesToo() throws Exception {
		write(0, 0);
		this.harness.backupStore.delete(List.of(this.harness.layout.meta(MetaFile.OBJECTS)));
		complete();
	}

	@Test
	void databasesAndAliasesAreMade() throws Exception {
		this.books.alias("novels");
		write(15, 20);
		this.harness.fake.drop(this.books);
		this.harness.suffix = "";
		this.harness.renames = List.of("default.books:library.books", "shop.goods:library.goods");
		assertThat(this.harness.restoreSnapshots().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target("library.books").visible()).isEqualTo(this.books.visible());
		assertThat(this.harness.target("library.books").description()).isEqualTo(this.books.description());
	}

	static Stream<Arguments> moments() {
		return Stream.of("restoreJobs", "restore", "restoreJob", "describe", "createAlias", "collectionExists")
			.flatMap((call) -> Stream.of(Arguments.arguments(call, true), Arguments.arguments(call, false)))
			// the alias is that of the source
			.filter((moment) -> !List.of(moment.get()).equals(List.of("createAlias", false)));
	}

	@ParameterizedTest
	@MethodSource("moments")
	void aKilledRestoreIsCompletedByTheSameCommand(String call, boolean before) throws Exception {
		this.books.alias("novels");
		write(15, 20);
		this.harness.fake.snapshots().delay(Duration.ofMillis(100));
		this.harness.listeners.add(beginOf("restoreSnapshots", () -> {
			if (before) {
				this.harness.calls.before(call, new Killed());
			}
			else {
				this.harness.calls.after(call, new Killed());
			}
		}));
		this.harness.restoreSnapshots();
		this.harness.listeners.clear();
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(6);
	}

	@Test
	void aLostAnswerDoesNotMakeTwoJobs() throws Exception {
		this.harness.fake.snapshots().delay(Duration.ofMillis(100));
		this.harness.fake.faults().loseAnswer("RestoreExternalSnapshot").loseAnswer("RestoreExternalSnapshot");
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(4);
	}

	@Test
	void aRequestThatWasNotReceivedIsSentAgain() throws Exception {
		this.harness.fake.faults().emptyAnswer("RestoreExternalSnapshot").emptyAnswer("RestoreExternalSnapshot");
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(4);
	}

	@Test
	void unavailabilityIsPatientlyWaitedOut() throws Exception {
		for (String request : List.of("ListRestoreSnapshotJobs", "GetRestoreSnapshotState", "DescribeCollection")) {
			this.harness.fake.faults().unavailable(request).unavailable(request).throttled(request);
		}
		complete();
	}

	@Test
	void aFailedJobIsTriedAgain() throws Exception {
		this.harness.fake.snapshots().failNext("node is gone");
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(5);
	}

	@Test
	void halfACollectionThatAFailedJobLeftIsDropped() throws Exception {
		this.harness.calls.after("restoreJob", new Killed());
		this.harness.fake.snapshots().failNext("node is gone");
		this.harness.restoreSnapshots();
		if (this.harness.fake.find("books_r") == null) {
			this.harness.fake.collection("books_r").insertSegment("_default", 3);
		}
		complete();
	}

	@Test
	void aCollectionThatCannotBeRestoredFailsAlone() throws Exception {
		this.harness.backupStore.delete(bundleObjects(this.goods).subList(0, 1));
		JobExecution execution = this.harness.restoreSnapshots();
		assertThat(execution.getExitStatus().getExitCode()).isEqualTo(RestoreJobConfiguration.PARTIAL);
		assertThat(this.harness.outcome().get("shop.goods_r")).startsWith("FAILED").contains("are missing");
		assertThat(this.harness.outcome().get("default.books_r")).isEqualTo("PLANNED");
		assertThat(this.harness.fake.find("shop.goods_r")).isNull();
		assertThat(this.harness.target("books_r").visible()).isEqualTo(this.books.visible());
	}

	@Test
	void aVanishedJobIsNotPolledForEver() throws Exception {
		this.harness.fake.snapshots().delay(Duration.ofHours(1));
		this.harness.calls.after("restoreJob", new Killed());
		assertThat(this.harness.restoreSnapshots().getStatus()).isEqualTo(BatchStatus.FAILED);
		this.harness.fake.snapshots().forgetJobs();
		this.harness.fake.snapshots().delay(Duration.ZERO);
		complete();
	}

	@Test
	void aJobThatStandsStillIsGivenUpAndFoundAgain() throws Exception {
		hold();
		this.harness.noProgress = Duration.ofMillis(100);
		assertThat(this.harness.restoreSnapshots().getAllFailureExceptions())
			.anyMatch((failure) -> failure instanceof MilvusException && failure.getMessage().contains("no progress"));
		this.harness.noProgress = Duration.ofSeconds(20);
		letOn();
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(4);
	}

	@Test
	void aStoppedRestoreGoesOnWithTheSameJobs() throws Exception {
		hold();
		this.harness.listeners.add(new StepExecutionListener() {
			@Override
			public void beforeStep(StepExecution stepExecution) {
				if (stepExecution.getStepName().equals("restoreSnapshots")) {
					CompletableFuture.runAsync(() -> {
						await().atMost(Duration.ofMinutes(2))
							.until(() -> SnapshotRestoreTest.this.harness.fake.snapshots().submitted() == 4);
						stepExecution.setTerminateOnly();
					});
				}
			}
		});
		assertThat(this.harness.restoreSnapshots().getStatus()).isEqualTo(BatchStatus.STOPPED);
		this.harness.listeners.clear();
		letOn();
		complete();
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(4);
	}

	private void hold() {
		this.harness.fake.snapshots().hold("default.books_r");
		this.harness.fake.snapshots().hold("shop.goods_r");
	}

	private void letOn() {
		this.harness.fake.snapshots().letOn("default.books_r");
		this.harness.fake.snapshots().letOn("shop.goods_r");
	}

	@Test
	void aTargetThatAppearsMeanwhileIsNotTouched() throws Exception {
		this.harness.listeners.add(beginOf("restoreSnapshots",
				() -> this.harness.fake.collection("books_r").insertSegment("_default", 3)));
		assertThat(this.harness.restoreSnapshots().getExitStatus().getExitCode())
			.isEqualTo(RestoreJobConfiguration.PARTIAL);
		assertThat(this.harness.outcome().get("default.books_r")).startsWith("FAILED").contains("exists already");
		assertThat(this.harness.target("books_r").rows()).isEqualTo(3);
	}

	@Test
	void aTargetThatExistsIsRefusedOrDropped() throws Exception {
		this.harness.fake.collection("books_r").insertSegment("_default", 3);
		assertThat(((RestoreException) RestoreHarness.failure(this.harness.restoreSnapshots())).kind())
			.isEqualTo(Kind.PREFLIGHT);
		assertThat(this.harness.target("books_r").rows()).isEqualTo(3);
		this.harness.options = new Options(false, false, false, true, false, false);
		complete();
	}

	@Test
	void whatMilvusCannotDoIsRefusedBeforeAnythingIsDone() throws Exception {
		RestoreMapping shards = new RestoreMapping(List
			.of(new DatabaseMapping("default", "default", List.of(new CollectionMapping("books", "books_r", 2, null)))),
				CollectionFilter.ALL);
		refused(new Options(false, false, true, false, false, false), RestoreDetails.NONE, "--meta_only");
		refused(new Options(false, false, false, false, false, true), RestoreDetails.NONE, "--skip_create_collection");
		refused(Options.NONE, new RestoreDetails(null, 0, SkipParams.NONE, true, Wishes.NONE), "truncateBinlogByTs");
		this.harness.suffix = "";
		refused(Options.NONE, new RestoreDetails(shards, 0, SkipParams.NONE, false, Wishes.NONE), "shards");
		assertThat(this.harness.fake.snapshots().submitted()).isEqualTo(2);
	}

	@Test
	void parametersAndDescriptionAreChangedAfterwards() throws Exception {
		this.harness.suffix = "";
		RestoreMapping mapping = new RestoreMapping(
				List.of(new DatabaseMapping("default", "default",
						List.of(new CollectionMapping("books", "books_r", 0, "all that we have")))),
				CollectionFilter.parse("books_r"));
		SkipParams skip = new SkipParams(Set.of("collection.ttl.seconds"), Set.of(), Set.of(), Set.of("mmap.enabled"));
		this.harness.details = new RestoreDetails(mapping, 0, skip, false, Wishes.NONE);
		JobExecution execution = this.harness.restoreSnapshots();
		assertThat(execution.getStatus()).as(execution.getAllFailureExceptions().toString())
			.isEqualTo(BatchStatus.COMPLETED);
		Collection there = this.harness.calls.milvus().catalog().describe(CollectionName.parse("books_r"));
		assertThat(there.properties()).extracting(KeyValue::key).doesNotContain("collection.ttl.seconds");
		assertThat(there.schema().description()).isEqualTo("all that we have");
		assertThat(there.indexes()).hasSize(1)
			.allSatisfy((index) -> assertThat(index.params()).doesNotContainKey("mmap.enabled")
				.containsEntry("metric_type", "L2"));
	}

	@Test
	void fewerRowsAreNoted() throws Exception {
		write(15, 21);
		complete();
		assertThat(this.harness.ledgers.targets().targets(this.harness.runId).values()).extracting(TargetProgress::note)
			.containsOnlyOnce("there are 20 rows, 21 were backed up, deleted ones included");
	}

	@Test
	void tooManyRowsAreDamage() throws Exception {
		write(15, 19);
		RestoreException failure = (RestoreException) RestoreHarness.failure(this.harness.restoreSnapshots());
		assertThat(failure.kind()).isEqualTo(Kind.DAMAGED);
		assertThat(failure).hasMessageContaining("expected 19 rows in the collection, found 20");
	}

	@Test
	void aBackupWithoutASnapshotOfACollectionRestoresTheOthers() throws Exception {
		this.harness.backupStore.delete(List.of(description(this.goods)));
		assertThat(this.harness.restoreSnapshots().getExitStatus().getExitCode())
			.isEqualTo(RestoreJobConfiguration.PARTIAL);
		assertThat(this.harness.outcome().get("shop.goods_r")).startsWith("SKIPPED").contains("missing");
		assertThat(this.harness.target("books_r").visible()).isEqualTo(this.books.visible());
	}

	@Test
	void olderServersAreIncompatible() throws Exception {
		try (RestoreHarness old = new RestoreHarness("2.6.11")) {
			RestoreException failure = (RestoreException) RestoreHarness.failure(old.restoreSnapshots());
			assertThat(failure.kind()).isEqualTo(Kind.INCOMPATIBLE);
			assertThat(failure).hasMessageContaining("3.0");
		}
	}

	private void refused(Options options, RestoreDetails details, String word) throws Exception {
		this.harness.options = options;
		this.harness.details = details;
		RestoreException failure = (RestoreException) RestoreHarness.failure(this.harness.restoreSnapshots());
		assertThat(failure.kind()).isEqualTo(Kind.PREFLIGHT);
		assertThat(failure).hasMessageContaining(word);
	}

	private void complete() throws Exception {
		JobExecution execution = this.harness.restoreSnapshots();
		assertThat(execution.getStatus()).as(execution.getAllFailureExceptions() + " " + this.harness.outcome())
			.isEqualTo(BatchStatus.COMPLETED);
		for (FakeCollection source : List.of(this.books, this.goods)) {
			FakeCollection target = this.harness.target(source.name() + "_r");
			assertThat(target.visible()).isEqualTo(source.visible());
		}
	}

	/**
	 * Makes the backup anew.
	 */
	private void write(long rowsOfBooks, long rowsOfGoods) {
		this.harness.backupStore.delete(objects("/"));
		Milvus milvus = this.harness.calls.milvus();
		List<CollectionBackup> collections = new ArrayList<>();
		for (FakeCollection collection : List.of(this.books, this.goods)) {
			CollectionName name = CollectionName.parse(collection.name().toString());
			SnapshotUris uris = new SnapshotUris(RestoreHarness.storage("a-bucket"),
					RestoreHarness.storage("bk-bucket"));
			milvus.snapshots().create(name, "s");
			SnapshotJob job = milvus.snapshots()
				.exportJob(milvus.snapshots()
					.export(name, "s", new Place(uris.uri(this.harness.layout.bundle().value()), "")));
			milvus.snapshots().drop(name, "s");
			ObjectKey key = uris.key(job.result().description()).orElseThrow();
			collections.add(new CollectionBackup(milvus.catalog().describe(name),
					new SnapshotBackup("", this.harness.layout.relative(key), job.result().files(),
							job.result().bytes(), (collection == this.books) ? rowsOfBooks : rowsOfGoods)));
		}
		new ManifestStore(this.harness.backupStore).write(this.harness.layout,
				new BackupManifest("id", this.harness.layout.name(), "v3.0.0",
						List.of(new Database("default", 1, List.of()), new Database("shop", 2, List.of())), collections,
						ClusterState.NONE, BackupFormat.SNAPSHOT),
				SegmentSource.EMPTY, LogPaths.NONE);
	}

	private List<ObjectKey> bundleObjects(FakeCollection collection) {
		return objects("/insert_log/" + collection.id() + "/");
	}

	private ObjectKey description(FakeCollection collection) {
		return objects("/snapshots/" + collection.id() + "/metadata/").get(0);
	}

	private List<ObjectKey> objects(String part) {
		try (Stream<ObjectStat> objects = this.harness.backupStore.list(this.harness.layout.bundle())) {
			return objects.map((object) -> object.key()).filter((key) -> key.value().contains(part)).toList();
		}
	}

	private List<PlannedImport> imports() {
		return this.harness.ledgers.imports().imports(this.harness.runId);
	}

	private static StepExecutionListener beginOf(String step, Runnable action) {
		return new StepExecutionListener() {
			@Override
			public void beforeStep(StepExecution stepExecution) {
				if (stepExecution.getStepName().equals(step)) {
					action.run();
				}
			}
		};
	}

}
