package dev.milvusbackup.manifest;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.manifest.BackupEntry.State;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreMetrics;
import dev.milvusbackup.storage.local.LocalObjectStore;
import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.FaultyObjectStore;
import dev.milvusbackup.testing.GoldenBackups;
import dev.milvusbackup.testing.MemoryObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BackupCatalogTest {

	private final MemoryObjectStore store = new MemoryObjectStore();

	private final FaultyObjectStore faulty = new FaultyObjectStore(this.store);

	private final ObjectPrefix root = ObjectPrefix.of("backup");

	private final BackupCatalog catalog = new BackupCatalog(this.faulty, this.root);

	@Test
	void backupsAreListedByNameInAnyState() {
		complete("zoo");
		complete("b10");
		put("b1", "meta/draft.json.gz", "x");
		put("b2", "binlogs/insert_log/1/2/3/3/0/4", "x");
		put("b3", "meta/backup_meta.json", "{\"size\":\"1\"}");
		put("b4", "meta/backup_meta.json", "{\"id\":\"i\",\"format\":\"snapshot\",\"size\":0}");
		put("b5", "bundle/insert_log/1/2/3/0/4", "x");
		assertThat(this.catalog.list()).containsExactly(entry("b1", State.INCOMPLETE),
				new BackupEntry(new BackupName("b10"), State.COMPLETE, "id-b10", 42, "v2.3.5"),
				entry("b2", State.INCOMPLETE), entry("b3", State.DAMAGED),
				new BackupEntry(new BackupName("b4"), State.COMPLETE, "i", 0, "", BackupFormat.SNAPSHOT),
				entry("b5", State.INCOMPLETE),
				new BackupEntry(new BackupName("zoo"), State.COMPLETE, "id-zoo", 42, "v2.3.5"));
	}

	@Test
	void whatIsNoBackupIsNotListed() {
		put("files", "insert_log/1/2/3/4/5", "x");
		put("other", "meta/something.json", "x");
		put("not-a-name", "meta/backup_meta.json", "{}");
		this.store.put("backup/loose_file", "x");
		this.store.put("backup2/b1/meta/backup_meta.json", "x");
		assertThat(this.catalog.list()).isEmpty();
	}

	@Test
	void theWholeBucketCanBeTheRoot() {
		this.store.put("b1/meta/backup_meta.json", "{}");
		this.store.put("files/insert_log/1/2/3/4/5", "x");
		BackupCatalog whole = new BackupCatalog(this.store, ObjectPrefix.ROOT);
		assertThat(whole.list()).containsExactly(entry("b1", State.COMPLETE));
		assertThatThrownBy(() -> whole.delete(new BackupName("files"))).isInstanceOf(ManifestException.class);
		assertThat(this.store.keys()).contains("files/insert_log/1/2/3/4/5");
	}

	@Test
	void manyBackupsAreReadSixteenAtOnce() {
		for (int i = 0; i < 3 * 16; i++) {
			put("b" + i, "meta/backup_meta.json", "{}");
		}
		CyclicBarrier sixteen = new CyclicBarrier(16);
		this.faulty.on(Operation.READ).run(() -> await(sixteen));
		assertThat(this.catalog.list()).hasSize(3 * 16);
		assertThat(this.faulty.calls(Operation.READ)).isEqualTo(3 * 16);
		assertThat(this.faulty.calls(Operation.LIST)).isZero();
	}

	@Test
	void aStoreThatFailsIsAnErrorAndNoShortList() {
		complete("b1");
		complete("b2");
		this.faulty.on(Operation.READ).key("b2").fail();
		assertThatThrownBy(this.catalog::list).isInstanceOf(StorageException.class);
	}

	@Test
	void anInterruptedListEndsWithAnErrorAndTheFlagKept() {
		complete("b1");
		this.faulty.on(Operation.READ).hang();
		Thread.currentThread().interrupt();
		assertThatThrownBy(this.catalog::list).isInstanceOf(StorageException.class);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void theGoToolsBackupsAreListed() {
		assertThat(new BackupCatalog(GoldenBackups.backups(), this.root).list()).containsExactly(
				new BackupEntry(new BackupName("golden_v0_4_15"), State.COMPLETE,
						"0208a8ea-e6e1-11f1-a23a-4abfcd3cf905", 145324, "v2.3.5-lite"),
				new BackupEntry(new BackupName("golden_v0_5_16"), State.COMPLETE,
						"55f53c16-68a4-4748-bda0-5ddd1e0452e1", 145324, "v2.3.5-lite"));
	}

	@Test
	void allOfABackupIsDeletedInBatchesAndNothingElse() {
		complete("b1");
		complete("b10");
		this.catalog.delete(new BackupName("b1"));
		assertThat(this.faulty.calls(Operation.DELETE)).isEqualTo(7 + 4);
		assertThat(this.store.list(this.root.directory("b1"))).isEmpty();
		assertThat(this.store.list(this.root.directory("b10"))).hasSize(3007);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6 })
	void theMarkerGoesFirstThenTheOtherFilesThenTheObjects(int deleted) {
		complete("b1");
		this.faulty.on(Operation.DELETE).nth(deleted + 1).fail();
		assertThatThrownBy(() -> this.catalog.delete(new BackupName("b1"))).isInstanceOf(StorageException.class);
		List<MetaFile> left = MetaFile.writeOrder().subList(0, MetaFile.writeOrder().size() - deleted);
		BackupLayout backup = new BackupLayout(this.root, new BackupName("b1"));
		assertThat(this.store.list(backup.meta())).extracting((object) -> object.key().name())
			.filteredOn((name) -> !name.equals("channel_cp_meta.json"))
			.containsExactlyInAnyOrderElementsOf(left.stream().map(MetaFile::fileName).toList());
		assertThat(this.store.list(backup.binlogs())).hasSize(3000);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 6, 8, 9, 11 })
	void whatAKillDuringDeleteLeavesCanBeDeletedAgain(int nth) {
		complete("b1");
		this.faulty.on(Operation.DELETE).nth(nth).fail();
		assertThatThrownBy(() -> this.catalog.delete(new BackupName("b1"))).isInstanceOf(StorageException.class);
		assertThat(this.catalog.list()).containsExactly(entry("b1", State.INCOMPLETE));
		this.catalog.delete(new BackupName("b1"));
		assertThat(this.store.keys()).isEmpty();
	}

	@Test
	void localStorageIsListedAndLeftWithoutEmptyDirectories(@TempDir Path directory) {
		StorageProperties properties = new StorageProperties("local", "", 0, null, false, "", directory.toString(),
				null, null, null, null, 4, 1);
		try (ObjectStore local = LocalObjectStore.open(properties, new StoreMetrics())) {
			complete("b1");
			this.store.keys()
				.stream()
				.filter((key) -> !key.matches(".*/0/\\d{2,}"))
				.forEach((key) -> local.write(new ObjectKey(key), ObjectContent.of(this.store.bytes(key))));
			BackupCatalog catalog = new BackupCatalog(local, this.root);
			assertThat(catalog.list()).extracting(BackupEntry::state).containsExactly(State.COMPLETE);
			catalog.delete(new BackupName("b1"));
			assertThat(catalog.list()).isEmpty();
			assertThat(directory).isEmptyDirectory();
		}
	}

	@Test
	void aBackupIsAsOldAsItsDataAlsoAfterItWasCopiedElsewhere() {
		List<DatedBackup> dated = new BackupCatalog(GoldenBackups.backups(), this.root).dated("golden_");
		assertThat(dated).extracting((backup) -> backup.entry().name().value())
			.containsExactlyInAnyOrder("golden_v0_4_15", "golden_v0_5_16");
		assertThat(dated).extracting(DatedBackup::time)
			.allSatisfy((time) -> assertThat(time).isBetween(Instant.parse("2026-01-01T00:00:00Z"),
					Instant.now().minus(Duration.ofMinutes(10))));
	}

	@Test
	void aTimeAfterTheWritingIsNonsense() {
		put("b1", "meta/backup_meta.json", "{}");
		put("b1", "meta/collection_meta.json", "{\"infos\":[{\"backup_physical_timestamp\":99999999999}]}");
		Instant written = Instant.parse("2026-02-03T04:05:06Z");
		this.store.age(this.root.directory("b1"), written);
		assertThat(this.catalog.dated("b")).extracting(DatedBackup::time).containsExactly(written);
	}

	@Test
	void theNewestTimeOfTheCollectionsCounts() {
		put("b1", "meta/backup_meta.json", "{}");
		long tso = Instant.parse("2026-02-01T00:00:00.123Z").toEpochMilli() << 18 | 77;
		put("b1", "meta/collection_meta.json",
				"{\"infos\":[{\"backup_timestamp\":%d,\"l0_segments\":[{}]},{\"backup_physical_timestamp\":1}]}"
					.formatted(tso));
		assertThat(this.catalog.dated("")).extracting(DatedBackup::time)
			.containsExactly(Instant.parse("2026-02-01T00:00:00.123Z"));
	}

	@Test
	void withoutAnyRecordedTimeThatOfTheWritingCounts() {
		complete("b1");
		put("b2", "binlogs/insert_log/1/2/3/3/0/4", "x");
		Instant written = Instant.parse("2026-02-03T04:05:06Z");
		this.store.age(this.root, written);
		assertThat(this.catalog.dated("b")).extracting(DatedBackup::time).containsExactly(written, written);
	}

	@Test
	void aDescriptionThatCannotBeReadIsDamage() {
		put("b1", "meta/backup_meta.json", "{}");
		put("b1", "meta/collection_meta.json", "{\"infos\":[");
		assertThat(this.catalog.dated("")).extracting((backup) -> backup.entry().state())
			.containsExactly(State.DAMAGED);
	}

	@ParameterizedTest
	@ValueSource(ints = { 2, 3, 6, 8, 9, 11, 12 })
	void whatAKillDuringExpiryLeavesIsKnownAsSuch(int nth) {
		complete("b1");
		this.faulty.on(Operation.DELETE).nth(nth).fail();
		assertThatThrownBy(() -> this.catalog.expire(new BackupName("b1"), DeletionProgress.NONE))
			.isInstanceOf(StorageException.class);
		assertThat(this.catalog.dated("b1")).extracting(DatedBackup::deleting).containsExactly(true);
		this.faulty.heal();
		this.catalog.expire(new BackupName("b1"), DeletionProgress.NONE);
		assertThat(this.store.keys()).isEmpty();
	}

	@Test
	void aStopTakesEffectBetweenBatchesAndWhatIsLeftIsKnown() {
		complete("b1");
		for (int i = 0; i < 9000; i++) {
			put("b1", "binlogs/insert_log/1/2/3/3/1/" + i, "");
		}
		long[] deleted = new long[1];
		DeletionProgress stopping = new DeletionProgress() {
			@Override
			public void deleted(long objects) {
				deleted[0] += objects;
			}

			@Override
			public boolean isStopped() {
				return deleted[0] > 0;
			}
		};
		assertThat(this.catalog.expire(new BackupName("b1"), stopping)).isFalse();
		assertThat(deleted[0]).isEqualTo(8000);
		assertThat(this.catalog.dated("b1")).extracting(DatedBackup::deleting).containsExactly(true);
		deleted[0] = 0;
		assertThat(this.catalog.expire(new BackupName("b1"), DeletionProgress.NONE)).isTrue();
		assertThat(this.store.keys()).isEmpty();
	}

	@Test
	void aBackupWhoseDeletionHasNotGotFarIsStillOne() {
		complete("b1");
		this.faulty.on(Operation.DELETE).nth(1).fail();
		assertThatThrownBy(() -> this.catalog.expire(new BackupName("b1"), DeletionProgress.NONE))
			.isInstanceOf(StorageException.class);
		assertThat(this.catalog.dated("b1")).extracting(DatedBackup::deleting).containsExactly(false);
		assertThat(this.catalog.list()).extracting(BackupEntry::state).containsExactly(State.COMPLETE);
	}

	@Test
	void deletingWhatIsNotThereIsAnError() {
		complete("b10");
		assertThatThrownBy(() -> this.catalog.delete(new BackupName("b1")))
			.isInstanceOfSatisfying(ManifestException.class,
					(ex) -> assertThat(ex.kind()).isEqualTo(ManifestException.Kind.NOT_FOUND))
			.hasMessage("unable to delete backup 'b1': there is no such backup");
		assertThat(this.faulty.calls(Operation.DELETE)).isZero();
	}

	@ParameterizedTest
	@EnumSource(State.class)
	void backupsOfAnyStateAreDeleted(State state) {
		switch (state) {
			case COMPLETE -> complete("b1");
			case INCOMPLETE -> put("b1", "binlogs/x", "x");
			case DAMAGED -> put("b1", "meta/backup_meta.json", "nonsense");
		}
		assertThat(this.catalog.find(new BackupName("b1"))).map(BackupEntry::state).contains(state);
		this.catalog.delete(new BackupName("b1"));
		assertThat(this.catalog.find(new BackupName("b1"))).isEmpty();
	}

	@Test
	void objectsThatStayAreReportedInsteadOfTriedForEver() {
		put("b1", "binlogs/locked", "x");
		this.faulty.on(Operation.DELETE).after(() -> put("b1", "binlogs/locked", "x"));
		assertThatThrownBy(() -> this.catalog.delete(new BackupName("b1"))).isInstanceOf(StorageException.class)
			.hasMessageContaining("backup/b1/binlogs/locked")
			.hasMessageContaining("still there");
	}

	private void complete(String name) {
		put(name, "meta/backup_meta.json",
				"{\"id\":\"id-%s\",\"name\":\"x\",\"size\":42,\"milvus_version\":\"v2.3.5\"}".formatted(name));
		for (String file : List.of("full_meta.json", "segment_meta.json", "partition_meta.json", "collection_meta.json",
				"objects.jsonl.gz", "channel_cp_meta.json")) {
			put(name, "meta/" + file, "{}");
		}
		for (int i = 0; i < 3000; i++) {
			put(name, "binlogs/insert_log/1/2/3/3/0/" + i, "");
		}
	}

	private void put(String name, String path, String content) {
		this.store.put(this.root.directory(name).key(path).value(), content);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(1, TimeUnit.MINUTES);
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static BackupEntry entry(String name, State state) {
		return new BackupEntry(new BackupName(name), state, "", 0, "");
	}

}
