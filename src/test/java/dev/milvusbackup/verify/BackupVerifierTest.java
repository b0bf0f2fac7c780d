package dev.milvusbackup.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.manifest.LogPaths;
import dev.milvusbackup.manifest.ManifestException;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.ledger.VerifyProgress.FoundProblem;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.CollectionBuilder;
import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.FaultyObjectStore;
import dev.milvusbackup.testing.GoldenBackups;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.SegmentBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BackupVerifierTest {

	private final BackupLayout layout = layout("b1");

	private final MemoryObjectStore memory = new MemoryObjectStore();

	private final FaultyObjectStore store = new FaultyObjectStore(this.memory);

	@Test
	void aGoodBackupHasNoProblems() {
		write(this.memory);
		assertThat(quick()).satisfies((found) -> {
			assertThat(found.isGood()).isTrue();
			assertThat(found.objects()).isEqualTo(8);
			assertThat(found.recorded()).isEqualTo(8);
			assertThat(found.hashed()).isZero();
		});
		assertThat(deep()).satisfies((found) -> {
			assertThat(found.isGood()).isTrue();
			assertThat(found.hashed()).isEqualTo(8);
		});
	}

	@Test
	void aMissingObjectIsOneProblem() {
		String key = write(this.memory);
		this.memory.delete(List.of(new ObjectKey(key)));
		assertThat(quick().problems()).containsExactly(new FoundProblem(key, "missing"));
		assertThat(deep().problemCount()).isOne();
	}

	@Test
	void aTruncatedObjectIsOneProblem() {
		String key = write(this.memory);
		this.memory.put(key, "cut");
		assertThat(quick().problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.what()).startsWith("has 3 bytes, not "));
		assertThat(deep().problemCount()).isOne();
	}

	@Test
	void aChangedObjectOfEqualSizeIsAProblemWhereTheStoreTellsTags() {
		String key = write(this.memory);
		flip(this.memory, key);
		assertThat(quick().problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.what()).contains("entity tag"));
		assertThat(deep().problemCount()).isOne();
	}

	@Test
	void aChangedByteOnADiskIsFoundByReading(@TempDir Path directory) throws IOException {
		ObjectStore local = new DefaultStoreConnector().open(new StorageProperties("local", "", 0, null, false, "",
				directory.toString(), null, null, null, null, 4, 1 << 20));
		Path file = directory.resolve(write(local));
		byte[] content = Files.readAllBytes(file);
		content[content.length / 2] ^= 1;
		Files.write(file, content);
		assertThat(WholeVerification.quick(local, this.layout).isGood()).isTrue();
		assertThat(WholeVerification.deep(local, this.layout).problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.what()).contains("its content has checksum"));
	}

	@Test
	void objectsThatTheDescriptionDoesNotNameAreNoProblem() {
		write(this.memory);
		this.memory.put("backup/b1/binlogs/insert_log/1/10/7/7/100/99", "extra");
		assertThat(quick().isGood()).isTrue();
		assertThat(deep().isGood()).isTrue();
	}

	@Test
	void aStreamThatIsCutIsAProblem() {
		String key = write(this.memory);
		this.store.on(Operation.READ).key(key).cutAfter(2);
		assertThat(deep().problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.what()).contains("cannot be read to its end"));
	}

	@Test
	void aStoreThatFailsIsNoVerification() {
		String key = write(this.memory);
		this.store.on(Operation.READ).key(key).fail();
		assertThatExceptionOfType(StorageException.class).isThrownBy(this::deep).withMessageContaining("503");
	}

	@Test
	void whateverElseFailsIsNoVerification() {
		String key = write(this.memory);
		this.store.on(Operation.READ).key(key).fail(new IllegalStateException("a mistake"));
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::deep);
	}

	@Test
	void aBackupThatIsNotThereIsToldSo() {
		assertThatExceptionOfType(ManifestException.class).isThrownBy(this::quick)
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(ManifestException.Kind.NOT_FOUND));
	}

	@ParameterizedTest
	@ValueSource(strings = { "golden_v0_4_15", "golden_v0_5_16" })
	void backupsOfTheGoToolAreGood(String name) {
		MemoryObjectStore golden = GoldenBackups.backups();
		assertThat(WholeVerification.quick(golden, layout(name))).satisfies((found) -> {
			assertThat(found.isGood()).isTrue();
			assertThat(found.objects()).isEqualTo(130);
			assertThat(found.recorded()).isZero();
		});
		assertThat(WholeVerification.deep(golden, layout(name)).isGood()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "golden_v0_4_15", "golden_v0_5_16" })
	void aHoleInABackupOfTheGoToolIsFound(String name) {
		MemoryObjectStore golden = GoldenBackups.backups();
		ObjectKey lost = golden.list(layout(name).binlogs()).map(ObjectStat::key).skip(50).findFirst().orElseThrow();
		golden.delete(List.of(lost));
		assertThat(WholeVerification.quick(golden, layout(name)).problems())
			.containsExactly(new FoundProblem(lost.value(), "missing"));
		assertThat(WholeVerification.deep(golden, layout(name)).problemCount()).isOne();
	}

	@Test
	void rowsWithoutAnyInsertLogAreAProblem() {
		write(this.memory, SegmentBuilder.segment(8).rows(5).build());
		assertThat(quick().problems()).singleElement()
			.satisfies((problem) -> assertThat(problem.what()).contains("no insert logs for 5 rows"));
	}

	private WholeVerification quick() {
		return WholeVerification.quick(this.store, this.layout);
	}

	private WholeVerification deep() {
		return WholeVerification.deep(this.store, this.layout);
	}

	/**
	 * Returns the key of one of the objects.
	 */
	private String write(ObjectStore target, Segment... others) {
		SegmentBuilder planned = SegmentBuilder.segment(7).rows(10);
		for (int field = 0; field < 8; field++) {
			planned.insert(field, 1000 + field, 20);
		}
		Segment segment = planned.build();
		SegmentBuilder copied = SegmentBuilder.segment(7).rows(10);
		for (Binlog binlog : segment.binlogs()) {
			byte[] content = ("the content of field " + binlog.fieldId()).getBytes();
			ObjectStat stat = target.write(this.layout.key(segment, binlog), ObjectContent.of(content));
			copied.insert(binlog.fieldId(), binlog.logId(), stat.bytes(), stat.etag());
		}
		List<Segment> segments = new ArrayList<>(List.of(others));
		segments.add(0, copied.build());
		CollectionBackup collection = new CollectionBackup(
				CollectionBuilder.collection(1, "c").partition(10, "_default").build(), 0, Map.of());
		new ManifestStore(target).write(this.layout,
				new BackupManifest("id", this.layout.name(), "v2.3.5", List.of(), List.of(collection)),
				(collectionId, partitionId) -> segments.stream().filter((found) -> found.partitionId() == partitionId),
				LogPaths.NONE);
		return this.layout.key(segment, segment.binlogs().get(3)).value();
	}

	private static void flip(MemoryObjectStore store, String key) {
		byte[] content = store.bytes(key);
		content[3] ^= 1;
		store.write(new ObjectKey(key), ObjectContent.of(content));
	}

	private static BackupLayout layout(String name) {
		return new BackupLayout(ObjectPrefix.of("backup"), new BackupName(name));
	}

}
