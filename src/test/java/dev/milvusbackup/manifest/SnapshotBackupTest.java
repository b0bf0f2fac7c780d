package dev.milvusbackup.manifest;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.manifest.ManifestException.Kind;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.testing.CollectionBuilder;
import dev.milvusbackup.testing.Fault;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Backups that hold bundles of snapshots (format.md 8.1 and 10.9).
 */
class SnapshotBackupTest {

	private static final String METADATA = "bundle/snapshots/1/metadata/400.json";

	private final SampleBackup sample = new SampleBackup();

	private final BackupManifest manifest = new BackupManifest("id-1", this.sample.backup.name(), "v3.0.0", List.of(),
			List.of(new CollectionBackup(CollectionBuilder.collection(1, "db.books")
				.partition(10, "_default")
				.partition(11, "novels")
				.build(), new SnapshotBackup("mbk_b1", METADATA, 2, 11, 7))),
			ClusterState.NONE, BackupFormat.SNAPSHOT);

	@Test
	void whatIsWrittenIsRead() {
		write();
		assertThat(read()).usingRecursiveComparison()
			.ignoringFields("collections.partitionBytes")
			.isEqualTo(this.manifest);
		BackupEntry entry = this.sample.manifests.readHeader(this.sample.backup);
		assertThat(entry.format()).isEqualTo(BackupFormat.SNAPSHOT);
		assertThat(entry.bytes()).isEqualTo(11);
		try (Stream<ObjectStat> objects = this.sample.manifests.readObjects(this.sample.backup).orElseThrow()) {
			assertThat(objects).extracting((object) -> object.key().value())
				.containsExactlyInAnyOrder("backup/b1/bundle/insert_log/1/10/100/0/5", "backup/b1/" + METADATA);
		}
	}

	@Test
	void theFilesAreThoseThatTheGoToolReadsAndNoOthers() {
		write();
		assertThat(this.sample.store.keys()).filteredOn((key) -> key.contains("/meta/"))
			.containsExactlyInAnyOrder("backup/b1/meta/backup_meta.json", "backup/b1/meta/collection_meta.json",
					"backup/b1/meta/full_meta.json", "backup/b1/meta/objects.jsonl.gz");
		assertThat(json(MetaFile.BACKUP).path("format").asString()).isEqualTo("snapshot");
		for (JsonNode collection : List.of(json(MetaFile.FULL).path("collection_backups").path(0),
				json(MetaFile.COLLECTIONS).path("infos").path(0))) {
			assertThat(collection.path("size").asLong()).isEqualTo(11);
			JsonNode snapshot = collection.path("snapshot_backup");
			assertThat(snapshot.path("metadata_path").asString()).isEqualTo(METADATA);
			assertThat(snapshot.path("total_files").asLong()).isEqualTo(2);
			assertThat(snapshot.path("total_bytes").asLong()).isEqualTo(11);
		}
		JsonNode brief = JsonMapper.shared().readTree(this.sample.manifests.brief(this.sample.backup));
		assertThat(brief.path("format").asString()).isEqualTo("snapshot");
		assertThat(brief.path("size").asLong()).isEqualTo(11);
	}

	@Test
	void theMarkerComesLast() {
		this.sample.faulty.on(Fault.Operation.WRITE).key("full_meta.json").fail();
		assertThat(catchWrite()).isNotNull();
		assertThat(this.sample.manifests.exists(this.sample.backup)).isFalse();
	}

	@Test
	void withoutTheTreeTheCollectionsAreEnough() {
		write();
		this.sample.store.delete(List.of(this.sample.backup.meta(MetaFile.FULL)));
		assertThat(read().collections()).usingRecursiveComparison()
			.ignoringFields("partitionBytes")
			.isEqualTo(this.manifest.collections());
		this.sample.store.delete(List.of(this.sample.backup.meta(MetaFile.COLLECTIONS)));
		SampleBackup.assertKind(Kind.DAMAGED, this::read);
	}

	@Test
	void aBackupOfTheGoToolIsRead() {
		String header = "{\"id\":\"i\",\"state_code\":0,\"name\":\"b1\",\"size\":0,\"milvus_version\":\"v3.0.0\",\"format\":\"snapshot\"";
		this.sample.put(MetaFile.BACKUP, header + "}");
		this.sample.put(MetaFile.FULL,
				header + """
						,"collection_backups":[{"id":"i","collection_id":461530000000100001,"db_name":"default",
						"collection_name":"books","schema":{"name":"books","fields":[{"fieldID":100,"name":"id","data_type":5,
						"is_primary_key":true}]},"shards_num":1,"partition_backups":[{"partition_id":7,"partition_name":"_default",
						"collection_id":461530000000100001,"size":0}],"backup_timestamp":461530000000400000,"size":1048576,
						"has_index":false,"snapshot_backup":{"metadata_path":
						"bundle/snapshots/461530000000100001/metadata/461530000000400001.json","total_files":37,
						"total_bytes":1048576}}]}""");
		CollectionBackup collection = read().collections().get(0);
		assertThat(collection.snapshot()).isEqualTo(new SnapshotBackup("",
				"bundle/snapshots/461530000000100001/metadata/461530000000400001.json", 37, 1048576, 0));
		assertThat(collection.collection().partitions()).hasSize(1);
	}

	@Test
	void pathsOutOfTheBackupAreDamage() {
		write();
		this.sample.put(MetaFile.FULL, new String(this.sample.bytes(MetaFile.FULL), StandardCharsets.UTF_8)
			.replace(METADATA, "../b2/bundle/snapshots/1/metadata/400.json"));
		SampleBackup.assertKind(Kind.DAMAGED, this::read);
	}

	@Test
	void aDraftKeepsTheNamesOfTheSnapshots() {
		this.sample.manifests.writeDraft(this.sample.backup, new Draft(this.manifest, "f", "{}"), SegmentSource.EMPTY);
		Draft draft = this.sample.manifests.readDraft(this.sample.backup, SegmentSink.NONE).orElseThrow();
		assertThat(draft.manifest().format()).isEqualTo(BackupFormat.SNAPSHOT);
		assertThat(draft.manifest().collections()).extracting((collection) -> collection.snapshot().name())
			.containsExactly("mbk_b1");
	}

	private void write() {
		this.sample.put(new ObjectKey("backup/b1/bundle/insert_log/1/10/100/0/5"), "12345");
		this.sample.put(new ObjectKey("backup/b1/" + METADATA), "123456");
		this.sample.manifests.write(this.sample.backup, this.manifest, SegmentSource.EMPTY, LogPaths.NONE);
	}

	private Throwable catchWrite() {
		try {
			write();
			return null;
		}
		catch (RuntimeException ex) {
			return ex;
		}
	}

	private BackupManifest read() {
		return this.sample.manifests.read(this.sample.backup, SegmentSink.NONE);
	}

	private JsonNode json(MetaFile file) {
		return JsonMapper.shared().readTree(this.sample.bytes(file));
	}

}
