package dev.milvusbackup.manifest;

import java.util.List;
import java.util.Map;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.SegmentBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Backups without {@code full_meta.json}.
 */
class LevelFilesTest {

	private final BackupLayout backup = new BackupLayout(ObjectPrefix.ROOT, new BackupName("b1"));

	private final MemoryObjectStore store = new MemoryObjectStore();

	private final ManifestStore manifests = new ManifestStore(this.store);

	private final Segment data = SegmentBuilder.segment(100).rows(5).group(0).insert(0, 1000, 10).build();

	@BeforeEach
	void writeAsReleaseV0513() {
		put(MetaFile.BACKUP, "{\"id\":\"x\",\"name\":\"b1\",\"size\":99,\"milvus_version\":\"v2.5\"}");
		put(MetaFile.COLLECTIONS, """
				{"infos":[{"collection_id":1,"collection_name":"c","schema":{"name":"c"},"size":99,"partition_backups":[
				{"partition_id":77,"segment_backups":[{"segment_id":100,"collection_id":1,"partition_id":10}]}]}]}""");
		put(MetaFile.PARTITIONS, """
				{"infos":[{"partition_id":10,"partition_name":"_default","collection_id":1,"size":99},
				{"partition_id":11,"partition_name":"p","collection_id":1}]}""");
		put(MetaFile.SEGMENTS, """
				{"infos":[{"segment_id":100,"collection_id":1,"partition_id":10,"num_of_rows":5,"binlogs":[
				{"binlogs":[{"log_path":"a/1000","log_size":10}]}]}]}""");
	}

	@Test
	void theTreeIsPutTogether() {
		BackupContent read = BackupContent.read(this.manifests, this.backup);
		assertThat(read.segments()).containsExactly(this.data);
		CollectionBackup collection = read.manifest().collections().get(0);
		assertThat(collection.bytes()).isEqualTo(10);
		assertThat(collection.partitionBytes()).isEqualTo(Map.of(10L, 10L, 11L, 0L));
		assertThat(collection.collection().partitions()).extracting("name").containsExactly("_default", "p");
		assertThat(read.manifest().milvusVersion()).isEqualTo("v2.5");
	}

	@Test
	void lostCollectionWideDeletesAreFoundByListing() {
		object("binlogs/delta_log/1/-1/300/2001", 6);
		object("binlogs/delta_log/1/-1/300/2000", 5);
		object("binlogs/delta_log/1/-1/301/2002", 7);
		object("binlogs/delta_log/1/-1/stray/x", 7);
		object("binlogs/delta_log/2/-1/302/2003", 7);
		BackupContent read = BackupContent.read(this.manifests, this.backup);
		assertThat(read.segments()).containsExactly(this.data,
				SegmentBuilder.segment(300).collectionL0().delta(2000, 5).delta(2001, 6).build(),
				SegmentBuilder.segment(301).collectionL0().delta(2002, 7).build());
		assertThat(read.manifest().bytes()).isEqualTo(28);
	}

	@Test
	void collectionWideDeletesThatAreNamedAreTakenFromThere() {
		object("binlogs/delta_log/1/-1/300/2000", 5);
		object("binlogs/delta_log/1/-1/301/2002", 7);
		put(MetaFile.COLLECTIONS, """
				{"infos":[{"collection_id":1,"collection_name":"c","schema":{},"l0_segments":[{"segment_id":300,
				"collection_id":1,"partition_id":-1,"v_channel":"v0","deltalogs":[{"binlogs":[{"log_id":2000,
				"log_size":5}]}]}]}]}""");
		assertThat(BackupContent.read(this.manifests, this.backup).segments()).containsExactlyInAnyOrder(this.data,
				SegmentBuilder.segment(300).collectionL0().virtualChannel("v0").delta(2000, 5).build(),
				SegmentBuilder.segment(301).collectionL0().delta(2002, 7).build());
	}

	@Test
	void aSegmentOfAnUnknownPartitionIsDamage() {
		put(MetaFile.PARTITIONS, "{\"infos\":[{\"partition_id\":11,\"collection_id\":1}]}");
		assertThatThrownBy(() -> this.manifests.read(this.backup, SegmentSink.NONE))
			.isInstanceOfSatisfying(ManifestException.class,
					(ex) -> assertThat(ex.kind()).isEqualTo(ManifestException.Kind.DAMAGED))
			.hasMessageContaining("segment 100")
			.hasMessageContaining("segment_meta.json");
	}

	@ParameterizedTest
	@EnumSource(value = MetaFile.class, names = { "COLLECTIONS", "PARTITIONS", "SEGMENTS" })
	void aMissingLevelFileIsDamage(MetaFile missing) {
		this.store.delete(List.of(this.backup.meta(missing)));
		assertThatThrownBy(() -> this.manifests.read(this.backup, SegmentSink.NONE))
			.isInstanceOf(ManifestException.class)
			.hasMessageContaining(missing.fileName())
			.hasMessageContaining("it is missing");
	}

	@ParameterizedTest
	@EnumSource(value = MetaFile.class, names = { "COLLECTIONS", "PARTITIONS", "SEGMENTS" })
	void aBrokenLevelFileIsDamage(MetaFile broken) {
		put(broken, "{\"infos\":[{\"");
		assertThatThrownBy(() -> this.manifests.read(this.backup, SegmentSink.NONE))
			.isInstanceOf(ManifestException.class)
			.hasMessageContaining(broken.fileName());
	}

	private void put(MetaFile file, String json) {
		this.store.put(this.backup.meta(file).value(), json);
	}

	private void object(String path, int bytes) {
		this.store.write(this.backup.directory().key(path), ObjectContent.of(new byte[bytes]));
	}

}
