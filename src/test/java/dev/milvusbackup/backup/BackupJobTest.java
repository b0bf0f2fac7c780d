package dev.milvusbackup.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.milvusbackup.backup.SourceException.Kind;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.ledger.PlannedSegment;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.manifest.SegmentSink;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeSegment;
import dev.milvusbackup.verify.WholeVerification;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

import static org.assertj.core.api.Assertions.assertThat;

class BackupJobTest {

	private final BackupHarness harness;

	BackupJobTest() throws Exception {
		this.harness = new BackupHarness();
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void everyCollectionIsInTheBackupWithAllItsObjects() {
		FakeCollection a = this.harness.fake.collection("a");
		a.insertSegment("_default", 2500);
		a.insertSegment("p", 10, 3);
		a.insertGrowing("_default", 7);
		this.harness.fake.collection("db1.a").insertSegment("_default", 5);
		this.harness.fake.collection("empty");
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.manifest().collections()).extracting((backup) -> backup.collection().name().toString())
			.containsExactlyInAnyOrder("default.a", "db1.a", "default.empty");
		List<Segment> segments = segments();
		assertThat(segments.stream().mapToLong(Segment::rows).sum()).isEqualTo(2500 + 10 + 7 + 5);
		assertWhole();
		assertThat(this.harness.backups.keys()).noneMatch((key) -> key.contains(MetaFile.DRAFT.fileName()))
			.anyMatch((key) -> key.endsWith(MetaFile.REQUEST.fileName()));
	}

	@Test
	void descriptionsOnlyTakeNoObjects() {
		this.harness.metaOnly = true;
		this.harness.fake.collection("a").insertSegment("_default", 5);
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.manifest().collections()).hasSize(1);
		assertThat(segments()).isEmpty();
		assertThat(this.harness.backups.list(this.harness.layout.binlogs())).isEmpty();
	}

	@Test
	void withoutAFlushWhatIsPersistentNowIsTaken() {
		this.harness.flush = FlushMode.NONE;
		FakeCollection a = this.harness.fake.collection("a");
		a.insertSegment("_default", 5);
		a.insertGrowing("_default", 7);
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(segments()).extracting(Segment::rows).containsExactly(5L);
		assertThat(this.harness.fake.faults().calls("Flush")).isZero();
		assertThat(this.harness.manifest().collections().get(0).collection().checkpoint())
			.isEqualTo(Collection.Checkpoint.NONE);
	}

	@Test
	void theMarkerOfTheBackupComesLast() {
		this.harness.fake.collection("a").insertSegment("_default", 5);
		List<String> written = new ArrayList<>();
		for (MetaFile file : MetaFile.values()) {
			this.harness.target.on(Operation.WRITE).key("/" + file.fileName()).run(() -> written.add(file.fileName()));
		}
		this.harness.backUp();
		assertThat(written).containsExactly("draft.json.gz", "request.json", "objects.jsonl.gz", "collection_meta.json",
				"partition_meta.json", "segment_meta.json", "full_meta.json", "backup_meta.json");
	}

	@Test
	void aManifestThatCannotBeWrittenIsNoBackup() {
		this.harness.fake.collection("a").insertSegment("_default", 5);
		this.harness.target.on(Operation.WRITE).key("full_meta.json").fail();
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.exists()).isFalse();
		this.harness.target.heal();
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target.calls(Operation.COPY)).isZero();
		assertWhole();
	}

	@Test
	void anUnknownCollectionIsRefusedWithTheNamesThatExist() {
		this.harness.fake.collection("fruit");
		refused("fruits,vegetables", "default.fruits', 'default.vegetables", "default.fruit");
	}

	@Test
	void anUnknownDatabaseIsRefusedWithTheNamesThatExist() {
		this.harness.fake.collection("db1.a");
		refused("db2.*", "database db2", "db1");
	}

	@Test
	void aWrongRootPathIsRefusedNamingWhatIsThere() {
		this.harness.fake.collection("a").insertSegment("_default", 5);
		this.harness.sourceRoot = ObjectPrefix.of("file");
		refused("", "no insert logs below 'file/insert_log/", "at the top there are files");
	}

	@Test
	void aSegmentThatIsMissingAmongOthersIsDamage() {
		FakeCollection a = this.harness.fake.collection("a");
		a.insertSegment("_default", 5);
		FakeSegment lost = a.insertSegment("_default", 6);
		this.harness.milvusStore.delete(a.objects(lost).stream().map(ObjectStat::key).toList());
		SourceException failure = BackupHarness.failure(this.harness.backUp(), SourceException.class);
		assertThat(failure.kind()).isEqualTo(Kind.SOURCE);
		assertThat(failure).hasMessageContaining("segment " + lost.id() + " has 6 rows");
		assertNothingThere();
	}

	@Test
	void aMissingInsertLogIsDamage() {
		FakeCollection a = this.harness.fake.collection("a");
		FakeSegment segment = a.insertSegment("_default", 1500);
		ObjectKey lost = a.objects(segment)
			.stream()
			.map(ObjectStat::key)
			.filter((key) -> key.value().contains("/101/"))
			.findFirst()
			.orElseThrow();
		this.harness.milvusStore.delete(List.of(lost));
		SourceException failure = BackupHarness.failure(this.harness.backUp(), SourceException.class);
		assertThat(failure.kind()).isEqualTo(Kind.SOURCE);
		assertThat(failure).hasMessageContaining("field 101 has 1 insert logs where field 1 has 2");
		assertNothingThere();
	}

	@Test
	void aListingThatFailsIsNoBackup() {
		this.harness.fake.collection("a").insertSegment("_default", 5);
		this.harness.source.on(Operation.LIST_ENTRY).nth(4).times(1000).fail();
		JobExecution execution = this.harness.backUp();
		assertThat(BackupHarness.failure(execution, StorageException.class)).hasMessageContaining("503");
		assertNothingThere();
		this.harness.source.heal();
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertWhole();
	}

	@Test
	void aCollectionWhosePlanFailedIsPlannedByTheRestartAndNoOther() {
		this.harness.fake.collection("a").insertSegment("_default", 5);
		FakeCollection b = this.harness.fake.collection("b");
		b.insertSegment("_default", 6);
		this.harness.source.on(Operation.LIST).key("/" + b.id() + "/").fail();
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.FAILED);
		int flushes = this.harness.fake.faults().calls("Flush");
		this.harness.source.heal();
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.fake.faults().calls("Flush")).isEqualTo(flushes + 1);
		assertThat(segments()).hasSize(2);
	}

	@Test
	void aFullTargetIsNoBackup() {
		this.harness.fake.collection("a").insertSegment("_default", 5);
		this.harness.target.on(Operation.COPY)
			.nth(3)
			.fail(new StorageException(StorageException.Kind.PERMANENT, "unable to copy: No space left", null, null));
		assertThat(BackupHarness.failure(this.harness.backUp(), StorageException.class))
			.hasMessageContaining("No space left");
		assertThat(this.harness.exists()).isFalse();
		this.harness.target.heal();
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertWhole();
	}

	@Test
	void aCollectionThatIsDroppedWhileItIsPlannedIsReportedAndTheOthersGoOn() {
		this.harness.fake.collection("a");
		this.harness.fake.collection("b");
		this.harness.fake.faults().refused("Flush", 100, "collection not found[collection=a]");
		assertPartial(this.harness.backUp());
		assertThat(this.harness.outcome().values()).containsExactlyInAnyOrder("PLANNED",
				"SKIPPED it was dropped meanwhile");
		assertThat(this.harness.manifest().collections()).hasSize(1);
	}

	@Test
	void aPartialBackupStaysPartialWhileTheCollectionIsGoneAndIsRepairedWhenItIsBack() {
		FakeCollection a = this.harness.fake.collection("a");
		FakeSegment segment = a.insertSegment("_default", 5);
		this.harness.fake.collection("b").insertSegment("_default", 5);
		this.harness.target.on(Operation.COPY).key("/" + a.id() + "/").nth(1).run(() -> {
			this.harness.milvusStore.delete(a.objects(segment).stream().map(ObjectStat::key).toList());
			this.harness.fake.drop(a);
		});
		assertPartial(this.harness.backUp());
		assertPartial(this.harness.backUp());
		this.harness.fake.collection("a").insertSegment("_default", 7);
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.manifest().collections()).extracting((backup) -> backup.collection().name().toString())
			.containsExactlyInAnyOrder("default.a", "default.b");
		assertWhole();
	}

	private static void assertPartial(JobExecution execution) {
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(execution.getExitStatus().getExitCode()).isEqualTo(BackupJobConfiguration.PARTIAL);
	}

	@Test
	void aCollectionThatIsDroppedWhileItIsCopiedIsReportedAndTheOthersAreWhole() {
		FakeCollection a = this.harness.fake.collection("a");
		FakeSegment segment = a.insertSegment("_default", 5);
		this.harness.fake.collection("b").insertSegment("_default", 5);
		this.harness.target.on(Operation.COPY).key("/" + a.id() + "/").nth(1).run(() -> {
			this.harness.milvusStore.delete(a.objects(segment).stream().map(ObjectStat::key).toList());
			this.harness.fake.drop(a);
		});
		assertPartial(this.harness.backUp());
		assertThat(this.harness.outcome()).containsEntry("default.a/" + a.id(), "SKIPPED it was dropped meanwhile");
		assertThat(this.harness.manifest().collections()).extracting((backup) -> backup.collection().name().toString())
			.containsExactly("default.b");
		assertWhole();
	}

	@Test
	void aCollectionThatIsDroppedAndCreatedAgainIsReportedAndTheNewOneIsInTheBackup() {
		FakeCollection old = this.harness.fake.collection("a");
		FakeSegment segment = old.insertSegment("_default", 5);
		this.harness.target.on(Operation.COPY).nth(1).run(() -> {
			this.harness.milvusStore.delete(old.objects(segment).stream().map(ObjectStat::key).toList());
			this.harness.fake.drop(old);
			this.harness.fake.collection("a").insertSegment("_default", 7);
		});
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.outcome()).hasSize(2)
			.containsEntry("default.a/" + old.id(), "SKIPPED it was dropped and created again meanwhile");
		assertThat(segments()).singleElement().satisfies((found) -> assertThat(found.rows()).isEqualTo(7));
		assertWhole();
	}

	@Test
	void aCompactionWhileCopyingIsFollowedAndWhatIsCopiedIsKept() {
		FakeCollection a = this.harness.fake.collection("a");
		FakeSegment kept = a.insertSegment("_default", 5);
		FakeSegment compacted = a.insertSegment("_default", 6);
		this.harness.target.on(Operation.COPY).key("/" + compacted.id() + "/").nth(3).run(() -> {
			a.removeSegment(compacted.id());
			a.insertSegment("_default", 66);
		});
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(segments()).extracting(Segment::rows).containsExactlyInAnyOrder(5L, 66L);
		assertThat(segments()).extracting(Segment::id).contains(kept.id()).doesNotContain(compacted.id());
		assertWhole();
	}

	@Test
	void aSourceThatAlwaysChangesEndsWithAClearError() {
		FakeCollection a = this.harness.fake.collection("a");
		a.insertSegment("_default", 5);
		AtomicInteger copies = new AtomicInteger();
		this.harness.target.on(Operation.COPY).run(() -> {
			if (copies.incrementAndGet() % 3 == 0) {
				a.segments().forEach((segment) -> a.removeSegment(segment.id()));
				a.insertSegment("_default", 5);
			}
		});
		SourceException failure = BackupHarness.failure(this.harness.backUp(), SourceException.class);
		assertThat(failure.kind()).isEqualTo(Kind.SOURCE);
		assertThat(failure).hasMessageContaining("its source changed 5 times under the copy");
		assertThat(this.harness.exists()).isFalse();
		this.harness.target.heal();
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertWhole();
	}

	@Test
	void aCopyThatDisappearsIsCopiedAgain() {
		this.harness.fake.collection("a").insertSegment("_default", 5);
		this.harness.target.on(Operation.COPY).nth(2).after(() -> {
			List<ObjectKey> keys = this.harness.backups.list(this.harness.layout.binlogs())
				.map(ObjectStat::key)
				.limit(1)
				.toList();
			this.harness.backups.delete(keys);
		});
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertWhole();
	}

	@Test
	void aMilvusThatIsGoneFailsAndTheRestartGoesOn() {
		this.harness.fake.collection("a").insertSegment("_default", 5);
		this.harness.fake.faults().refused("ShowCollections", 65535, "no idea");
		assertThat(BackupHarness.failure(this.harness.backUp(), MilvusException.class)).isNotNull();
		assertNothingThere();
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

	@Test
	void allRowsOfTheLedgerAreDoneAtTheEnd() {
		FakeCollection a = this.harness.fake.collection("a");
		for (int i = 0; i < 30; i++) {
			a.insertSegment("p" + i % 3, 5, i % 2);
		}
		this.harness.backUp();
		try (var planned = this.harness.ledger.segments(this.harness.runId, a.id())) {
			assertThat(planned.toList()).hasSize(30).allMatch(PlannedSegment::done);
		}
		assertWhole();
	}

	private void refused(String filter, String message, String hint) {
		this.harness.filter = CollectionFilter.parse(filter);
		SourceException failure = BackupHarness.failure(this.harness.backUp(), SourceException.class);
		assertThat(failure.kind()).isEqualTo(Kind.PREFLIGHT);
		assertThat(failure).hasMessageContaining(message);
		assertThat(failure.hint()).contains(hint);
		assertNothingThere();
	}

	private void assertNothingThere() {
		assertThat(this.harness.backups.keys()).isEmpty();
	}

	private void assertWhole() {
		WholeVerification found = WholeVerification.deep(this.harness.backups, this.harness.layout);
		assertThat(found.problems()).isEmpty();
		assertThat(found.hashed()).isEqualTo(found.objects());
	}

	private List<Segment> segments() {
		List<Segment> segments = new ArrayList<>();
		SegmentSink sink = segments::add;
		new ManifestStore(this.harness.backups).read(this.harness.layout, sink);
		return segments;
	}

}
