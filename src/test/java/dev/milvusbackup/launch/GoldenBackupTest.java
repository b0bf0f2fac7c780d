package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.manifest.JsonTrees;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.MilvusProperties;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.TransferMode;
import dev.milvusbackup.testing.GoldenBackups;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.milvus.RecordedMilvus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Backs up what the Go tool backed up, from what the same Milvus answered, and compares
 * the two (src/test/resources/golden).
 */
class GoldenBackupTest {

	private static final List<String> IDS = List.of("collection_id", "partition_id", "segment_id", "fieldID", "log_id",
			"log_path", "index_name", "db_name");

	private final MemoryObjectStore golden = GoldenBackups.backups();

	private final MemoryObjectStore.Backend backend = new MemoryObjectStore.Backend();

	private final MemoryObjectStore milvusStore = new MemoryObjectStore(this.backend, "a-bucket");

	private final MemoryObjectStore backups = new MemoryObjectStore(this.backend, "bk-bucket");

	private final RecordedMilvus milvus = RecordedMilvus.golden();

	private final Path directory;

	GoldenBackupTest(@TempDir Path directory) {
		this.directory = directory;
	}

	@BeforeEach
	void create() {
		MemoryObjectStore source = GoldenBackups.milvus();
		source.keys().forEach((key) -> this.milvusStore.write(new ObjectKey(key), ObjectContent.of(source.bytes(key))));
		Settings settings = new Settings(
				new MilvusProperties("127.0.0.1", this.milvus.port(), "", "", 0, null, null, null, null,
						"http://127.0.0.1:1"),
				storage("a-bucket", "files"), storage("bk-bucket", "backup"), TransferMode.AUTO, 4,
				new Settings.BackupSettings(2, false, Duration.ofSeconds(20)),
				new Settings.RestoreSettings(1, 1, Duration.ofSeconds(20), false),
				RepositoryProperties.h2(this.directory));
		try (Runs runs = new JobRunsFactory(this.backend, new DefaultMilvusConnector()).open(settings)) {
			CollectionFilter filter = CollectionFilter
				.parse("fx_all_types,fx_binary_auto,fx_partition_key,fx_empty,fx_db.*");
			RunSummary summary = runs.create(
					new CreateRequest(new BackupName("ours"), filter, CreateRequest.Strategy.AUTO),
					ProgressListener.NONE);
			assertThat(summary.message()).isEqualTo("backup ours is complete");
			assertThat(summary.rows()).isEqualTo(1800);
		}
	}

	@AfterEach
	void close() {
		this.milvus.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "golden_v0_4_15", "golden_v0_5_16" })
	void theObjectsAreTheSameUnderTheSameKeys(String name) {
		assertThat(objects(this.backups, "ours")).hasSize(130).isEqualTo(objects(this.golden, name));
	}

	@Test
	void theNewerDescriptionDiffersOnlyInTheRunAndInWhatOlderReadersNeed() {
		assertThat(differences("golden_v0_5_16", MetaFile.BACKUP)).containsExactly("id was U is U",
				"name was \"golden_v0_5_16\" is \"ours\"", "state_code was 0 is 2");
		assertThat(differences("golden_v0_5_16", MetaFile.PARTITIONS)).isEmpty();
		assertThat(differences("golden_v0_5_16", MetaFile.SEGMENTS)).containsExactly("infos.deltalogs missing [{}]",
				"infos.is_l0 added false");
		assertThat(differences("golden_v0_5_16", MetaFile.COLLECTIONS)).containsExactly(
				"infos.backup_physical_timestamp was N is N", "infos.id was U is U", "infos.state_code added 2");
		String segments = "collection_backups.partition_backups.segment_backups";
		assertThat(differences("golden_v0_5_16", MetaFile.FULL)).containsExactly(
				"collection_backups.backup_physical_timestamp was N is N", "collection_backups.id was U is U",
				segments + ".deltalogs missing [{}]", segments + ".is_l0 added false",
				"collection_backups.state_code added 2", "id was U is U", "name was \"golden_v0_5_16\" is \"ours\"",
				"state_code was 0 is 2");
	}

	@Test
	void theOlderDescriptionLacksOnlyTimesAndWhatNoReaderUses() {
		List<String> changed = differences("golden_v0_4_15", MetaFile.FULL).stream()
			.filter((difference) -> !difference.contains(" added "))
			.toList();
		String segments = "collection_backups.partition_backups.segment_backups";
		assertThat(changed).containsExactly("collection_backups.backup_physical_timestamp was N is N",
				"collection_backups.end_time missing N", "collection_backups.id was U is U",
				segments + ".backuped missing true", segments + ".deltalogs missing [{}]",
				segments + ".deltalogs.fieldID missing N", "collection_backups.start_time missing N",
				"end_time missing N", "id was U is U", "name was \"golden_v0_4_15\" is \"ours\"",
				"start_time missing N");
		assertThat(differences("golden_v0_4_15", MetaFile.BACKUP)).filteredOn((line) -> !line.contains(" added "))
			.containsExactly("end_time missing N", "id was U is U", "name was \"golden_v0_4_15\" is \"ours\"",
					"start_time missing N");
		assertThat(differences("golden_v0_4_15", MetaFile.PARTITIONS))
			.allMatch((line) -> line.startsWith("infos.partition_backups.segment_backups missing")
					|| line.startsWith("infos.segment_backups missing") || line.contains(" added "));
	}

	/**
	 * Long numbers and identifiers of runs are not told.
	 */
	private List<String> differences(String theirs, MetaFile file) {
		return JsonTrees.differences(tree(this.golden, theirs, file), tree(this.backups, "ours", file))
			.stream()
			.map((line) -> line.replaceAll("\"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\"", "U"))
			.map((line) -> line.replaceAll("\\d{9,}", "N"))
			.distinct()
			.toList();
	}

	private static JsonNode tree(MemoryObjectStore store, String name, MetaFile file) {
		return sorted(JsonTrees.tree(store.bytes(layout(name).meta(file).value())));
	}

	/**
	 * The order of collections, segments and logs says nothing.
	 */
	private static JsonNode sorted(JsonNode node) {
		if (node instanceof ObjectNode object) {
			object.properties().forEach((property) -> property.setValue(sorted(property.getValue())));
		}
		else if (node instanceof ArrayNode array) {
			List<JsonNode> elements = array.valueStream()
				.map(GoldenBackupTest::sorted)
				.sorted(Comparator.comparing(GoldenBackupTest::identity))
				.toList();
			array.removeAll();
			elements.forEach(array::add);
		}
		return node;
	}

	private static String identity(JsonNode node) {
		return IDS.stream()
			.map((id) -> String.format("%20s", node.path(id).asString("")))
			.collect(Collectors.joining(" "));
	}

	private static Map<String, String> objects(MemoryObjectStore store, String name) {
		BackupLayout layout = layout(name);
		Map<String, String> objects = new TreeMap<>();
		store.list(layout.binlogs())
			.forEach((object) -> objects.put(layout.relative(object.key()), object.bytes() + " " + object.etag()));
		return objects;
	}

	private static BackupLayout layout(String name) {
		return new BackupLayout(ObjectPrefix.of("backup"), new BackupName(name));
	}

	private static StorageProperties storage(String bucket, String root) {
		return new StorageProperties("minio", "host", 9000, null, false, bucket, root, null, null, null, null, 8,
				1L << 29);
	}

}
