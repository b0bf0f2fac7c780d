package dev.milvusbackup.manifest;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.testing.GoldenBackups;
import dev.milvusbackup.testing.MemoryObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The backups that the Go tool wrote of one Milvus (src/test/resources/golden).
 */
class GoldenBackupTest {

	private final MemoryObjectStore store = GoldenBackups.backups();

	private final ManifestStore manifests = new ManifestStore(this.store);

	private final BackupLayout v0415 = layout("golden_v0_4_15");

	private final BackupLayout v0516 = layout("golden_v0_5_16");

	@ParameterizedTest
	@ValueSource(strings = { "golden_v0_4_15", "golden_v0_5_16" })
	void everyObjectThatIsReadExistsWithItsSizeAndNoOther(String name) {
		BackupLayout layout = layout(name);
		BackupContent content = BackupContent.read(this.manifests, layout);
		Map<ObjectKey, Long> expected = content.segments()
			.stream()
			.flatMap((segment) -> segment.binlogs()
				.stream()
				.map((binlog) -> new ObjectStat(layout.key(segment, binlog), binlog.bytes(), null)))
			.collect(Collectors.toMap(ObjectStat::key, ObjectStat::bytes));
		assertThat(this.store.list(layout.binlogs()).collect(Collectors.toMap(ObjectStat::key, ObjectStat::bytes)))
			.isEqualTo(expected)
			.hasSize(130);
		assertThat(content.manifest().bytes()).isEqualTo(145324);
	}

	@Test
	void bothHoldTheSameSegments() {
		assertThat(sorted(this.v0415)).isEqualTo(sorted(this.v0516)).hasSize(14);
	}

	@Test
	void bothHoldTheSameCollectionsAsFarAsTheOlderRecordsThem() {
		Map<Long, CollectionBackup> older = collections(this.v0415);
		Map<Long, CollectionBackup> newer = collections(this.v0516);
		assertThat(newer).hasSize(5).containsOnlyKeys(older.keySet());
		newer.forEach((id, backup) -> {
			assertThat(older.get(id).bytes()).isEqualTo(backup.bytes());
			assertThat(older.get(id).partitionBytes()).isEqualTo(backup.partitionBytes());
			assertThat(older.get(id).collection()).usingRecursiveComparison()
				.ignoringCollectionOrder()
				.ignoringFields("aliases", "properties", "virtualChannels", "physicalChannels", "createdTimestamp",
						"checkpoint", "indexes.id")
				.isEqualTo(backup.collection());
		});
	}

	@Test
	void whatTheNewerRecordsIsRead() {
		Collection collection = collections(this.v0516).get(470652536143307160L).collection();
		assertThat(collection.aliases()).containsExactly("fx_alias");
		assertThat(collection.properties()).hasSize(1);
		assertThat(collection.schema().fields()).hasSize(12);
		assertThat(collection.schema().dynamicFieldEnabled()).isTrue();
		assertThat(collection.schema().fields().get(7).description()).isEqualTo("한국어 설명");
		assertThat(collection.indexes()).extracting("name").containsExactly("fv_idx", "s_idx");
		assertThat(collection.createdTimestamp()).isEqualTo(470653051654111241L);
		assertThat(collection.checkpoint().sealSeconds()).isEqualTo(1795398989L);
		assertThat(collection.virtualChannels()).hasSize(2);
	}

	@Test
	void writtenAgainTheFilesDifferFromTheNewerOnlyInWhatOlderReadersNeed() {
		BackupLayout copy = copyOf(this.v0516);
		assertThat(differences(MetaFile.BACKUP, this.v0516, copy))
			.containsExactly("name was \"golden_v0_5_16\" is \"copy\"", "state_code was 0 is 2");
		assertThat(differences(MetaFile.PARTITIONS, this.v0516, copy)).isEmpty();
		assertThat(differences(MetaFile.SEGMENTS, this.v0516, copy)).containsExactly("infos.deltalogs missing [{}]",
				"infos.is_l0 added false");
		assertThat(differences(MetaFile.COLLECTIONS, this.v0516, copy)).containsExactly("infos.state_code added 2");
		assertThat(differences(MetaFile.FULL, this.v0516, copy)).containsExactly(
				"collection_backups.partition_backups.segment_backups.deltalogs missing [{}]",
				"collection_backups.partition_backups.segment_backups.is_l0 added false",
				"collection_backups.state_code added 2", "name was \"golden_v0_5_16\" is \"copy\"",
				"state_code was 0 is 2");
	}

	@Test
	void writtenAgainTheOlderLacksOnlyWhatNoReaderUses() {
		BackupLayout copy = copyOf(this.v0415);
		String segment = "collection_backups.partition_backups.segment_backups";
		List<String> withoutIds = differences(MetaFile.FULL, this.v0415, copy).stream()
			.filter((difference) -> !difference.contains("log_id added"))
			.toList();
		assertThat(withoutIds)
			.filteredOn((difference) -> !difference.startsWith(segment + ".deltalogs.fieldID missing"))
			.filteredOn((difference) -> !difference.matches("collection_backups\\.(start|end)_time missing \\d+"))
			.containsExactly(segment + ".backuped missing true", segment + ".deltalogs missing [{}]",
					segment + ".is_l0 added false", "collection_backups.state_code added 2",
					"end_time missing 1795398953520", "name was \"golden_v0_4_15\" is \"copy\"",
					"start_time missing 1795398950143");
	}

	@Test
	void writtenAgainAndReadWithoutTheTreeItIsTheSame() {
		BackupLayout copy = copyOf(this.v0516);
		BackupContent whole = BackupContent.read(this.manifests, copy);
		this.store.delete(List.of(copy.meta(MetaFile.FULL)));
		BackupContent rebuilt = BackupContent.read(this.manifests, copy);
		assertThat(rebuilt.segments()).containsExactlyInAnyOrderElementsOf(whole.segments());
		assertThat(rebuilt.manifest().collections()).isEqualTo(whole.manifest().collections());
	}

	@Test
	void theOlderCanBeReadWithoutTheTree() {
		BackupContent whole = BackupContent.read(this.manifests, this.v0415);
		this.store.delete(List.of(this.v0415.meta(MetaFile.FULL)));
		BackupContent rebuilt = BackupContent.read(this.manifests, this.v0415);
		assertThat(rebuilt.segments()).containsExactlyInAnyOrderElementsOf(whole.segments());
		assertThat(collections(this.v0415)).usingRecursiveComparison()
			.ignoringCollectionOrder()
			.isEqualTo(byId(whole.manifest()));
	}

	private BackupLayout copyOf(BackupLayout original) {
		BackupLayout copy = layout("copy");
		BackupContent content = BackupContent.read(this.manifests, original);
		this.manifests.write(copy, renamed(content.manifest(), copy.name()), content.source(),
				LogPaths.of(new MilvusLayout(ObjectPrefix.of("files"))));
		return copy;
	}

	private static BackupManifest renamed(BackupManifest manifest, BackupName name) {
		return new BackupManifest(manifest.id(), name, manifest.milvusVersion(), manifest.databases(),
				manifest.collections());
	}

	private List<String> differences(MetaFile file, BackupLayout theirs, BackupLayout ours) {
		return JsonTrees.differences(tree(theirs, file), tree(ours, file));
	}

	private JsonNode tree(BackupLayout layout, MetaFile file) {
		return JsonTrees.tree(this.store.bytes(layout.meta(file).value()));
	}

	private List<Segment> sorted(BackupLayout layout) {
		Comparator<Binlog> order = Comparator.comparing(Binlog::kind)
			.thenComparing(Binlog::fieldId)
			.thenComparing(Binlog::logId);
		return BackupContent.read(this.manifests, layout)
			.segments()
			.stream()
			.map((segment) -> new Segment(segment.id(), segment.collectionId(), segment.partitionId(), segment.rows(),
					segment.level(), segment.groupId(), segment.virtualChannel(), segment.storageVersion(),
					segment.binlogs().stream().sorted(order).toList()))
			.sorted(Comparator.comparing(Segment::id))
			.toList();
	}

	private Map<Long, CollectionBackup> collections(BackupLayout layout) {
		return byId(this.manifests.read(layout, SegmentSink.NONE));
	}

	private static Map<Long, CollectionBackup> byId(BackupManifest manifest) {
		return manifest.collections()
			.stream()
			.collect(Collectors.toMap((backup) -> backup.collection().id(), Function.identity()));
	}

	private static BackupLayout layout(String name) {
		return new BackupLayout(ObjectPrefix.of("backup"), new BackupName(name));
	}

}
