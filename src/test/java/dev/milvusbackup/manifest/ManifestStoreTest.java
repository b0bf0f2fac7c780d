package dev.milvusbackup.manifest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.manifest.ManifestException.Kind;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.testing.CollectionBuilder;
import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.FaultyObjectStore;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.SegmentBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ManifestStoreTest {

	private static final LogPaths PATHS = LogPaths.of(new MilvusLayout(ObjectPrefix.of("files")));

	private final BackupLayout backup = new BackupLayout(ObjectPrefix.of("backup"), new BackupName("b1"));

	private final MemoryObjectStore store = new MemoryObjectStore();

	private final FaultyObjectStore faulty = new FaultyObjectStore(this.store);

	private final ManifestStore manifests = new ManifestStore(this.faulty);

	private final Collection books = CollectionBuilder.collection(1, "db.books")
		.partition(10, "_default")
		.partition(11, "novels")
		.everything()
		.build();

	private final List<Segment> segments = List.of(
			SegmentBuilder.segment(100).rows(5).insert(0, 1000, 10, "e1").insert(1, 1001, 20).delta(1002, 3).build(),
			SegmentBuilder.segment(101).l0().delta(1003, 4).build(),
			SegmentBuilder.segment(102).collectionL0().delta(1004, 5).delta(1005, 6).build());

	private final BackupContent content = new BackupContent(
			new BackupManifest("id-1", this.backup.name(), "v2.3.5",
					List.of(new Database("db", 7, List.of(new KeyValue("a", "b")))),
					List.of(new CollectionBackup(this.books, 48, Map.of(10L, 37L, 11L, 0L)),
							new CollectionBackup(CollectionBuilder.collection(2, "empty").build(), 0, Map.of()))),
			this.segments);

	@Test
	void whatIsWrittenIsReadBack() {
		write();
		assertContent(BackupContent.read(this.manifests, this.backup));
		assertThat(this.manifests.exists(this.backup)).isTrue();
		assertThat(this.manifests.readHeader(this.backup))
			.isEqualTo(new BackupEntry(this.backup.name(), BackupEntry.State.COMPLETE, "id-1", 48, "v2.3.5"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6 })
	void aKillBeforeAnyWriteLeavesNothingThatExists(int nth) {
		this.manifests.writeDraft(this.backup, draft(), this.content.source());
		this.faulty.on(Operation.WRITE).nth(nth).fail();
		assertThatThrownBy(this::write).isInstanceOf(StorageException.class);
		List<String> expected = Stream.concat(Stream.of(MetaFile.DRAFT), MetaFile.writeOrder().stream().limit(nth - 1))
			.map((file) -> this.backup.meta(file).value())
			.toList();
		assertThat(this.store.keys()).containsExactlyInAnyOrderElementsOf(expected)
			.doesNotContain("backup/b1/meta/backup_meta.json");
		assertThat(this.manifests.exists(this.backup)).isFalse();
		assertKind(Kind.INCOMPLETE, () -> this.manifests.read(this.backup, SegmentSink.NONE));
		write();
		assertContent(BackupContent.read(this.manifests, this.backup));
	}

	@Test
	void sizesAreComputedAnew() {
		List<CollectionBackup> wrong = List.of(new CollectionBackup(this.books, 1, Map.of()));
		BackupManifest manifest = new BackupManifest("id-1", this.backup.name(), "v2.3.5", List.of(), wrong);
		this.manifests.write(this.backup, manifest, this.content.source(), PATHS);
		assertThat(this.manifests.read(this.backup, SegmentSink.NONE).collections())
			.containsExactly(this.content.manifest().collections().get(0));
	}

	@Test
	void segmentsThatChangeMeanwhileAreNoticed() {
		int[] calls = { 0 };
		SegmentSource changing = (collectionId, partitionId) -> (++calls[0] > 6) ? Stream.empty()
				: this.content.source().segments(collectionId, partitionId);
		assertThatThrownBy(() -> this.manifests.write(this.backup, this.content.manifest(), changing, PATHS))
			.isInstanceOf(ManifestException.class)
			.hasMessageContaining("changed meanwhile");
		assertThat(this.manifests.exists(this.backup)).isFalse();
	}

	@Test
	void noTemporaryFileIsLeft() {
		this.faulty.on(Operation.WRITE).run(() -> assertThat(temporaryFiles()).hasSize(1));
		this.faulty.on(Operation.WRITE).nth(11).fail();
		write();
		assertThatThrownBy(this::write).isInstanceOf(StorageException.class);
		assertThat(this.faulty.calls(Operation.WRITE)).isEqualTo(11);
		assertThat(temporaryFiles()).isEmpty();
	}

	@Test
	void everyObjectIsListedWithTheEntityTagOfItsCopy() {
		write();
		try (Stream<ObjectStat> objects = this.manifests.readObjects(this.backup).orElseThrow()) {
			assertThat(objects).hasSize(6)
				.contains(new ObjectStat(new ObjectKey("backup/b1/binlogs/insert_log/1/10/100/100/0/1000"), 10, "e1"),
						new ObjectStat(new ObjectKey("backup/b1/binlogs/delta_log/1/10/101/101/1003"), 4, null),
						new ObjectStat(new ObjectKey("backup/b1/binlogs/delta_log/1/-1/102/1005"), 6, null));
		}
		assertThat(text(MetaFile.OBJECTS)).startsWith("""
				{"key":"binlogs/delta_log/1/-1/102/1004","bytes":5}
				{"key":"binlogs/delta_log/1/-1/102/1005","bytes":6}
				{"key":"binlogs/insert_log/1/10/100/100/0/1000","bytes":10,"etag":"e1"}
				""");
	}

	@Test
	void otherToolsListNoObjects() {
		assertThat(this.manifests.readObjects(this.backup)).isEmpty();
	}

	@Test
	void aDamagedObjectListIsDamage() {
		write();
		truncate(MetaFile.OBJECTS, 5);
		assertKind(Kind.DAMAGED, this::drainObjects);
		put(MetaFile.OBJECTS, "{}");
		assertKind(Kind.DAMAGED, this::drainObjects);
		put(MetaFile.OBJECTS, gzip("{\"key\":\"../x\",\"bytes\":1}\n"));
		assertKind(Kind.DAMAGED, this::drainObjects);
		put(MetaFile.OBJECTS, gzip("[]"));
		assertKind(Kind.DAMAGED, this::drainObjects);
	}

	@Test
	void draftsAreReadBackWithEntityTags() {
		this.manifests.writeDraft(this.backup, draft(), this.content.source());
		List<Segment> read = new ArrayList<>();
		assertThat(this.manifests.readDraft(this.backup, read::add)).contains(draft());
		assertThat(read).containsExactlyInAnyOrderElementsOf(this.segments);
		this.manifests.deleteDraft(this.backup);
		this.manifests.deleteDraft(this.backup);
		assertThat(this.manifests.readDraft(this.backup, read::add)).isEmpty();
	}

	@Test
	void everyTruncationOfADraftIsDamage() {
		this.manifests.writeDraft(this.backup, draft(), this.content.source());
		byte[] whole = bytes(MetaFile.DRAFT);
		for (int length = 0; length < whole.length; length++) {
			put(MetaFile.DRAFT, Arrays.copyOf(whole, length));
			assertKind(Kind.DAMAGED, () -> this.manifests.readDraft(this.backup, SegmentSink.NONE));
		}
		put(MetaFile.DRAFT, gzip("{\"fingerprint\":\"x\"}"));
		assertKind(Kind.DAMAGED, () -> this.manifests.readDraft(this.backup, SegmentSink.NONE));
	}

	@Test
	void whatIsNotThereIsNotFound() {
		assertKind(Kind.NOT_FOUND, () -> this.manifests.read(this.backup, SegmentSink.NONE));
		put(new ObjectKey("backup/b1/files/x"), "");
		put(new ObjectKey("backup/b1/meta/foreign.json"), "");
		put(new ObjectKey("backup/b10/meta/backup_meta.json"), "{}");
		assertKind(Kind.NOT_FOUND, () -> this.manifests.readHeader(this.backup));
	}

	@Test
	void objectsWithoutMarkerAreIncomplete() {
		put(new ObjectKey("backup/b1/binlogs/insert_log/1/2/3/3/0/4"), "");
		assertKind(Kind.INCOMPLETE, () -> this.manifests.read(this.backup, SegmentSink.NONE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "snapshot", "v9" })
	void unknownFormatsAreRefusedByNameButCanBeListed(String format) {
		put(MetaFile.BACKUP, "{\"name\":\"b1\",\"format\":\"%s\"}".formatted(format));
		put(MetaFile.FULL, "{\"name\":\"b1\"}");
		assertThatThrownBy(() -> this.manifests.read(this.backup, SegmentSink.NONE)).hasMessageContaining(format);
		assertKind(Kind.UNKNOWN_FORMAT, () -> this.manifests.read(this.backup, SegmentSink.NONE));
		assertThat(this.manifests.readHeader(this.backup).state()).isEqualTo(BackupEntry.State.COMPLETE);
		put(MetaFile.BACKUP, "{\"name\":\"b1\"}");
		put(MetaFile.FULL, "{\"name\":\"b1\",\"format\":\"%s\"}".formatted(format));
		assertKind(Kind.UNKNOWN_FORMAT, () -> this.manifests.read(this.backup, SegmentSink.NONE));
	}

	@Test
	void aDamagedTreeIsNotReplacedByTheLevelFiles() {
		write();
		truncate(MetaFile.FULL, 1);
		assertKind(Kind.DAMAGED, () -> this.manifests.read(this.backup, SegmentSink.NONE));
		assertThatThrownBy(() -> this.manifests.read(this.backup, SegmentSink.NONE))
			.hasMessageContaining("backup/b1/meta/full_meta.json")
			.hasMessageContaining("it ends early");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "[]", "null", "{", "{}{}", "{} x", "{\"collection_backups\":{}}",
			"{\"collection_backups\":[{}]}", "{\"collection_backups\":[1]}",
			"{\"database_backups\":[{\"db_id\":\"1\"}]}", "{\"size\":1.0}", "{\"id\":1}",
			"{\"collection_backups\":[{\"collection_id\":1,\"collection_name\":\"c\",\"schema\":{},\"l0_segments\":[{}]}]}",
			"{\"collection_backups\":[{\"collection_id\":1,\"collection_name\":\"c\",\"schema\":{},\"size\":\"1\"}]}" })
	void nonsenseInTheTreeIsDamage(String tree) {
		put(MetaFile.BACKUP, "{}");
		put(MetaFile.FULL, tree);
		assertKind(Kind.DAMAGED, () -> this.manifests.read(this.backup, SegmentSink.NONE));
	}

	@Test
	void keysInAnyOrderAreUnderstood() {
		put(MetaFile.BACKUP, "{}");
		put(MetaFile.FULL, """
				{"COLLECTION_BACKUPS":[{"l0_segments":null,"partition_backups":[{"segment_backups":[
				{"partition_id":10,"collection_id":1,"segment_id":3}],"size":7,"partition_id":10}],"size":8,
				"schema":{},"collection_name":"c","collection_id":1}],"id":"x"}""");
		BackupContent read = BackupContent.read(this.manifests, this.backup);
		assertThat(read.segments()).containsExactly(SegmentBuilder.segment(3).group(0).build());
		assertThat(read.manifest().id()).isEqualTo("x");
		assertThat(read.manifest().collections().get(0).bytes()).isEqualTo(8);
		assertThat(read.manifest().collections().get(0).partitionBytes()).isEqualTo(Map.of(10L, 7L));
	}

	@Test
	void theErrorsOfASinkPassThrough() {
		write();
		IllegalStateException own = new IllegalStateException("full");
		assertThatThrownBy(() -> this.manifests.read(this.backup, (segment) -> {
			throw own;
		})).isSameAs(own);
	}

	@Test
	void aStreamThatTheStoreCutsIsNoDamage() {
		write();
		this.faulty.on(Operation.READ).key("full_meta.json").cutAfter(500);
		assertThatThrownBy(() -> this.manifests.read(this.backup, SegmentSink.NONE))
			.isInstanceOfSatisfying(StorageException.class,
					(ex) -> assertThat(ex.kind()).isEqualTo(StorageException.Kind.TRANSIENT))
			.hasMessageContaining("backup/b1/meta/full_meta.json");
	}

	@Test
	void theBriefCountsTheMetaFiles() {
		write();
		long bytes = this.store.list(this.backup.meta()).mapToLong(ObjectStat::bytes).sum();
		assertThat(this.manifests.brief(this.backup)).contains("\"size\": 48", "\"meta_size\": " + bytes);
	}

	private void write() {
		this.manifests.write(this.backup, this.content.manifest(), this.content.source(), PATHS);
	}

	private Draft draft() {
		return new Draft(this.content.manifest(), "f00d", "{\"name\":\"b1\"}");
	}

	private void drainObjects() {
		try (Stream<ObjectStat> objects = this.manifests.readObjects(this.backup).orElseThrow()) {
			objects.forEach((object) -> {
			});
		}
	}

	/**
	 * Only the entity tags of the source stay behind: they are in the list of objects.
	 */
	private void assertContent(BackupContent read) {
		assertThat(read.manifest()).isEqualTo(this.content.manifest());
		assertThat(read.segments()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("binlogs.etag")
			.containsExactlyInAnyOrderElementsOf(this.segments);
	}

	private static void assertKind(Kind kind, ThrowingCallable call) {
		assertThatThrownBy(call).isInstanceOfSatisfying(ManifestException.class, (ex) -> {
			assertThat(ex.kind()).isEqualTo(kind);
			assertThat(ex.hint()).isNotEmpty();
		});
	}

	private void put(MetaFile file, String content) {
		put(this.backup.meta(file), content);
	}

	private void put(MetaFile file, byte[] content) {
		this.store.write(this.backup.meta(file), ObjectContent.of(content));
	}

	private byte[] bytes(MetaFile file) {
		return this.store.bytes(this.backup.meta(file).value());
	}

	private void put(ObjectKey key, String content) {
		this.store.put(key.value(), content);
	}

	private void truncate(MetaFile file, int bytes) {
		byte[] whole = bytes(file);
		put(file, Arrays.copyOf(whole, whole.length - bytes));
	}

	private String text(MetaFile file) {
		try (InputStream in = new GZIPInputStream(this.store.read(this.backup.meta(file)))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Path> temporaryFiles() {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> file.getFileName().toString().startsWith(Spool.PREFIX)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static byte[] gzip(String text) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
