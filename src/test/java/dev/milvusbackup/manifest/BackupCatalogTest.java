package dev.milvusbackup.manifest;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.manifest.BackupEntry.State;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BackupCatalogTest {

	private final DeletingStore store = new DeletingStore();

	private final ObjectPrefix root = ObjectPrefix.of("backup");

	private final BackupCatalog catalog = new BackupCatalog(this.store, this.root);

	@Test
	void backupsAreListedByNameInAnyState() {
		complete("zoo");
		complete("b10");
		put("b1", "meta/draft.json.gz", "x");
		put("b2", "binlogs/insert_log/1/2/3/3/0/4", "x");
		put("b3", "meta/backup_meta.json", "{\"size\":\"1\"}");
		put("b4", "meta/backup_meta.json", "{\"id\":\"i\",\"format\":\"snapshot\",\"size\":0}");
		assertThat(this.catalog.list()).containsExactly(entry("b1", State.INCOMPLETE),
				new BackupEntry(new BackupName("b10"), State.COMPLETE, "id-b10", 42, "v2.3.5"),
				entry("b2", State.INCOMPLETE), entry("b3", State.DAMAGED),
				new BackupEntry(new BackupName("b4"), State.COMPLETE, "i", 0, ""),
				new BackupEntry(new BackupName("zoo"), State.COMPLETE, "id-zoo", 42, "v2.3.5"));
	}

	@Test
	void whatIsNoBackupIsNotListed() {
		put("files", "insert_log/1/2/3/4/5", "x");
		put("other", "meta/something.json", "x");
		put("not-a-name", "meta/backup_meta.json", "{}");
		this.store.objects.put(new ObjectKey("backup/loose_file"), new byte[1]);
		this.store.objects.put(new ObjectKey("backup2/b1/meta/backup_meta.json"), new byte[1]);
		assertThat(this.catalog.list()).isEmpty();
	}

	@Test
	void theWholeBucketCanBeTheRoot() {
		this.store.objects.put(new ObjectKey("b1/meta/backup_meta.json"), "{}".getBytes(StandardCharsets.UTF_8));
		this.store.objects.put(new ObjectKey("files/insert_log/1/2/3/4/5"), new byte[1]);
		BackupCatalog whole = new BackupCatalog(this.store, ObjectPrefix.ROOT);
		assertThat(whole.list()).containsExactly(entry("b1", State.COMPLETE));
		assertThatThrownBy(() -> whole.delete(new BackupName("files"))).isInstanceOf(ManifestException.class);
		assertThat(this.store.objects).containsKey(new ObjectKey("files/insert_log/1/2/3/4/5"));
	}

	@Test
	void manyBackupsAreReadSeveralAtOnce() {
		for (int i = 0; i < 100; i++) {
			complete("b" + i);
		}
		AtomicInteger atOnce = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		TinyStore slow = new TinyStore() {
			@Override
			public InputStream read(ObjectKey key) {
				most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
				try {
					return super.read(key);
				}
				finally {
					Thread.yield();
					atOnce.decrementAndGet();
				}
			}
		};
		slow.objects.putAll(this.store.objects);
		assertThat(new BackupCatalog(slow, this.root).list()).hasSize(100);
		assertThat(most.get()).isLessThanOrEqualTo(16);
	}

	@Test
	void aStoreThatFailsIsAnErrorAndNoShortList() {
		complete("b1");
		complete("b2");
		TinyStore broken = new TinyStore() {
			@Override
			public InputStream read(ObjectKey key) {
				if (key.value().contains("b2")) {
					throw new StorageException(StorageException.Kind.TRANSIENT, "unable to read", null, null);
				}
				return super.read(key);
			}
		};
		broken.objects.putAll(this.store.objects);
		assertThatThrownBy(() -> new BackupCatalog(broken, this.root).list()).isInstanceOf(StorageException.class);
	}

	@Test
	void anInterruptedListEndsWithAnErrorAndTheFlagKept() {
		complete("b1");
		TinyStore hanging = new TinyStore() {
			@Override
			public InputStream read(ObjectKey key) {
				try {
					new CountDownLatch(1).await();
					return super.read(key);
				}
				catch (InterruptedException ex) {
					throw new StorageException(StorageException.Kind.TRANSIENT, "unable to read: interrupted", null,
							ex);
				}
			}
		};
		hanging.objects.putAll(this.store.objects);
		Thread.currentThread().interrupt();
		assertThatThrownBy(() -> new BackupCatalog(hanging, this.root).list()).isInstanceOf(StorageException.class);
		assertThat(Thread.interrupted()).isTrue();
	}

	@Test
	void theGoToolsBackupsAreListed() {
		TinyStore golden = TinyStore.of(Path.of("src/test/resources/golden/bk-bucket"));
		assertThat(new BackupCatalog(golden, this.root).list()).containsExactly(
				new BackupEntry(new BackupName("golden_v0_4_15"), State.COMPLETE,
						"0208a8ea-e6e1-11f1-a23a-4abfcd3cf905", 145324, "v2.3.5-lite"),
				new BackupEntry(new BackupName("golden_v0_5_16"), State.COMPLETE,
						"55f53c16-68a4-4748-bda0-5ddd1e0452e1", 145324, "v2.3.5-lite"));
	}

	@Test
	void deletingTakesTheMarkerFirstAndTheObjectsLast() {
		complete("b1");
		complete("b10");
		assertThat(this.catalog.delete(new BackupName("b1"))).isEqualTo(3001);
		assertThat(this.catalog.list()).extracting(BackupEntry::name).containsExactly(new BackupName("b10"));
		BackupLayout backup = new BackupLayout(this.root, new BackupName("b1"));
		assertThat(this.store.calls.subList(0, 7)).containsExactly(List.of(backup.meta(MetaFile.BACKUP)),
				List.of(backup.meta(MetaFile.FULL)), List.of(backup.meta(MetaFile.SEGMENTS)),
				List.of(backup.meta(MetaFile.PARTITIONS)), List.of(backup.meta(MetaFile.COLLECTIONS)),
				List.of(backup.meta(MetaFile.OBJECTS)), List.of(backup.meta(MetaFile.DRAFT)));
		assertThat(this.store.calls).hasSize(11).allSatisfy((keys) -> assertThat(keys).hasSizeLessThanOrEqualTo(1000));
		assertThat(this.store.list(this.root.directory("b1"))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 5, 7, 8, 10 })
	void whatAKillDuringDeleteLeavesCanBeDeletedAgain(int calls) {
		complete("b1");
		this.store.allowed = calls;
		assertThatThrownBy(() -> this.catalog.delete(new BackupName("b1"))).isInstanceOf(StorageException.class);
		assertThat(this.catalog.list()).containsExactly(entry("b1", State.INCOMPLETE));
		this.store.allowed = Integer.MAX_VALUE;
		this.catalog.delete(new BackupName("b1"));
		assertThat(this.store.objects).isEmpty();
	}

	@Test
	void deletingWhatIsNotThereIsAnError() {
		complete("b10");
		assertThatThrownBy(() -> this.catalog.delete(new BackupName("b1")))
			.isInstanceOfSatisfying(ManifestException.class,
					(ex) -> assertThat(ex.kind()).isEqualTo(ManifestException.Kind.NOT_FOUND))
			.hasMessage("unable to delete backup 'b1': there is no such backup");
		assertThat(this.store.calls).isEmpty();
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
		assertThatThrownBy(() -> this.catalog.delete(new BackupName("b1"))).isInstanceOf(StorageException.class)
			.hasMessageContaining("backup/b1/binlogs/locked")
			.hasMessageContaining("still there");
	}

	private void complete(String name) {
		put(name, "meta/backup_meta.json",
				"{\"id\":\"id-%s\",\"name\":\"x\",\"size\":42,\"milvus_version\":\"v2.3.5\"}".formatted(name));
		put(name, "meta/full_meta.json", "{}");
		put(name, "meta/segment_meta.json", "{}");
		put(name, "meta/channel_cp_meta.json", "{}");
		for (int i = 0; i < 3000; i++) {
			put(name, "binlogs/insert_log/1/2/3/3/0/" + i, "");
		}
	}

	private void put(String name, String path, String content) {
		this.store.objects.put(this.root.directory(name).key(path), content.getBytes(StandardCharsets.UTF_8));
	}

	private static BackupEntry entry(String name, State state) {
		return new BackupEntry(new BackupName(name), state, "", 0, "");
	}

	/** Remembers the calls, fails after some, and keeps objects named {@code locked}. */
	private static final class DeletingStore extends TinyStore {

		private final List<List<ObjectKey>> calls = new ArrayList<>();

		private int allowed = Integer.MAX_VALUE;

		@Override
		public void delete(Collection<ObjectKey> keys) {
			if (this.calls.size() >= this.allowed) {
				throw new StorageException(StorageException.Kind.PERMANENT, "unable to delete: killed", null, null);
			}
			this.calls.add(List.copyOf(keys));
			super.delete(keys.stream().filter((key) -> !key.name().equals("locked")).toList());
		}

	}

}
