package dev.milvusbackup.manifest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.manifest.ManifestException.Kind;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.SegmentBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ManifestStoreTest {

	private final SampleBackup sample = new SampleBackup();

	@Test
	void whatIsWrittenIsReadBack() {
		this.sample.write();
		this.sample.assertContent(BackupContent.read(this.sample.manifests, this.sample.backup));
		assertThat(this.sample.manifests.exists(this.sample.backup)).isTrue();
		assertThat(this.sample.manifests.readHeader(this.sample.backup))
			.isEqualTo(new BackupEntry(this.sample.backup.name(), BackupEntry.State.COMPLETE, "id-1", 48, "v2.3.5"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 4, 5, 6 })
	void aKillBeforeAnyWriteLeavesNothingThatExists(int nth) {
		this.sample.manifests.writeDraft(this.sample.backup, this.sample.draft(), this.sample.content.source());
		this.sample.faulty.on(Operation.WRITE).nth(nth).fail();
		assertThatThrownBy(this.sample::write).isInstanceOf(StorageException.class);
		List<String> expected = Stream.concat(Stream.of(MetaFile.DRAFT), MetaFile.writeOrder().stream().limit(nth - 1))
			.map((file) -> this.sample.backup.meta(file).value())
			.toList();
		assertThat(this.sample.store.keys()).containsExactlyInAnyOrderElementsOf(expected)
			.doesNotContain("backup/b1/meta/backup_meta.json");
		assertThat(this.sample.manifests.exists(this.sample.backup)).isFalse();
		SampleBackup.assertKind(Kind.INCOMPLETE,
				() -> this.sample.manifests.read(this.sample.backup, SegmentSink.NONE));
		this.sample.write();
		this.sample.assertContent(BackupContent.read(this.sample.manifests, this.sample.backup));
	}

	@Test
	void sizesAreComputedAnew() {
		List<CollectionBackup> wrong = List.of(new CollectionBackup(this.sample.books, 1, Map.of()));
		BackupManifest manifest = new BackupManifest("id-1", this.sample.backup.name(), "v2.3.5", List.of(), wrong);
		this.sample.manifests.write(this.sample.backup, manifest, this.sample.content.source(), SampleBackup.PATHS);
		assertThat(this.sample.manifests.read(this.sample.backup, SegmentSink.NONE).collections())
			.containsExactly(this.sample.content.manifest().collections().get(0));
	}

	@Test
	void segmentsThatChangeMeanwhileAreNoticed() {
		int[] calls = { 0 };
		SegmentSource changing = (collectionId, partitionId) -> (++calls[0] > 6) ? Stream.empty()
				: this.sample.content.source().segments(collectionId, partitionId);
		assertThatThrownBy(() -> this.sample.manifests.write(this.sample.backup, this.sample.content.manifest(),
				changing, SampleBackup.PATHS))
			.isInstanceOf(ManifestException.class)
			.hasMessageContaining("changed meanwhile");
		assertThat(this.sample.manifests.exists(this.sample.backup)).isFalse();
	}

	@Test
	void noTemporaryFileIsLeft() {
		this.sample.faulty.on(Operation.WRITE).run(() -> assertThat(temporaryFiles()).hasSize(1));
		this.sample.faulty.on(Operation.WRITE).nth(11).fail();
		this.sample.write();
		assertThatThrownBy(this.sample::write).isInstanceOf(StorageException.class);
		assertThat(this.sample.faulty.calls(Operation.WRITE)).isEqualTo(11);
		assertThat(temporaryFiles()).isEmpty();
	}

	@Test
	void whatIsNotThereIsNotFound() {
		SampleBackup.assertKind(Kind.NOT_FOUND, () -> this.sample.manifests.read(this.sample.backup, SegmentSink.NONE));
		this.sample.put(new ObjectKey("backup/b1/files/x"), "");
		this.sample.put(new ObjectKey("backup/b1/meta/foreign.json"), "");
		this.sample.put(new ObjectKey("backup/b10/meta/backup_meta.json"), "{}");
		SampleBackup.assertKind(Kind.NOT_FOUND, () -> this.sample.manifests.readHeader(this.sample.backup));
	}

	@Test
	void objectsWithoutMarkerAreIncomplete() {
		this.sample.put(new ObjectKey("backup/b1/binlogs/insert_log/1/2/3/3/0/4"), "");
		SampleBackup.assertKind(Kind.INCOMPLETE,
				() -> this.sample.manifests.read(this.sample.backup, SegmentSink.NONE));
	}

	@ParameterizedTest
	@ValueSource(strings = { "snapshots", "v9" })
	void unknownFormatsAreRefusedByNameButCanBeListed(String format) {
		this.sample.put(MetaFile.BACKUP, "{\"name\":\"b1\",\"format\":\"%s\"}".formatted(format));
		this.sample.put(MetaFile.FULL, "{\"name\":\"b1\"}");
		assertThatThrownBy(() -> this.sample.manifests.read(this.sample.backup, SegmentSink.NONE))
			.hasMessageContaining(format);
		SampleBackup.assertKind(Kind.UNKNOWN_FORMAT,
				() -> this.sample.manifests.read(this.sample.backup, SegmentSink.NONE));
		assertThat(this.sample.manifests.readHeader(this.sample.backup).state()).isEqualTo(BackupEntry.State.COMPLETE);
		this.sample.put(MetaFile.BACKUP, "{\"name\":\"b1\"}");
		this.sample.put(MetaFile.FULL, "{\"name\":\"b1\",\"format\":\"%s\"}".formatted(format));
		SampleBackup.assertKind(Kind.UNKNOWN_FORMAT,
				() -> this.sample.manifests.read(this.sample.backup, SegmentSink.NONE));
	}

	@Test
	void aDamagedTreeIsNotReplacedByTheLevelFiles() {
		this.sample.write();
		this.sample.truncate(MetaFile.FULL, 1);
		SampleBackup.assertKind(Kind.DAMAGED, () -> this.sample.manifests.read(this.sample.backup, SegmentSink.NONE));
		assertThatThrownBy(() -> this.sample.manifests.read(this.sample.backup, SegmentSink.NONE))
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
		this.sample.put(MetaFile.BACKUP, "{}");
		this.sample.put(MetaFile.FULL, tree);
		SampleBackup.assertKind(Kind.DAMAGED, () -> this.sample.manifests.read(this.sample.backup, SegmentSink.NONE));
	}

	@Test
	void keysInAnyOrderAreUnderstood() {
		this.sample.put(MetaFile.BACKUP, "{}");
		this.sample.put(MetaFile.FULL, """
				{"COLLECTION_BACKUPS":[{"l0_segments":null,"partition_backups":[{"segment_backups":[
				{"partition_id":10,"collection_id":1,"segment_id":3}],"size":7,"partition_id":10}],"size":8,
				"schema":{},"collection_name":"c","collection_id":1}],"id":"x"}""");
		BackupContent read = BackupContent.read(this.sample.manifests, this.sample.backup);
		assertThat(read.segments()).containsExactly(SegmentBuilder.segment(3).group(0).build());
		assertThat(read.manifest().id()).isEqualTo("x");
		assertThat(read.manifest().collections().get(0).bytes()).isEqualTo(8);
		assertThat(read.manifest().collections().get(0).partitionBytes()).isEqualTo(Map.of(10L, 7L));
	}

	@Test
	void theErrorsOfASinkPassThrough() {
		this.sample.write();
		IllegalStateException own = new IllegalStateException("full");
		assertThatThrownBy(() -> this.sample.manifests.read(this.sample.backup, (segment) -> {
			throw own;
		})).isSameAs(own);
	}

	@Test
	void aStreamThatTheStoreCutsIsNoDamage() {
		this.sample.write();
		this.sample.faulty.on(Operation.READ).key("full_meta.json").cutAfter(500);
		assertThatThrownBy(() -> this.sample.manifests.read(this.sample.backup, SegmentSink.NONE))
			.isInstanceOfSatisfying(StorageException.class,
					(ex) -> assertThat(ex.kind()).isEqualTo(StorageException.Kind.TRANSIENT))
			.hasMessageContaining("backup/b1/meta/full_meta.json");
	}

	@Test
	void theBriefCountsTheMetaFiles() {
		this.sample.write();
		long bytes = this.sample.store.list(this.sample.backup.meta()).mapToLong(ObjectStat::bytes).sum();
		// there only while somebody works on the backup
		this.sample.store.put(this.sample.backup.meta(MetaFile.LEASE).value(), "{}");
		assertThat(this.sample.manifests.brief(this.sample.backup)).contains("\"size\": 48", "\"meta_size\": " + bytes);
	}

	private static List<Path> temporaryFiles() {
		try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
			return files.filter((file) -> file.getFileName().toString().startsWith(Spool.PREFIX)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
