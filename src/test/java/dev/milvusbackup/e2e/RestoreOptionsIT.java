package dev.milvusbackup.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.milvusbackup.testing.real.MilvusRows;
import dev.milvusbackup.testing.real.MilvusStorage;
import dev.milvusbackup.testing.real.RealMilvus;
import dev.milvusbackup.testing.real.MilvusVersion;
import dev.milvusbackup.testing.real.RequiresReal;
import dev.milvusbackup.testing.real.SampleData;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.collection.request.GetLoadStateReq;
import io.milvus.v2.service.partition.request.LoadPartitionsReq;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What only some restores ask for, with a real Milvus.
 */
class RestoreOptionsIT {

	private static final String NAME = "options";

	@TempDir
	private Path directory;

	@Test
	@RequiresReal("milvus-2.3.5")
	void loadsSplitsAndRefusesWithMilvus23() {
		// a compaction before the backup would take deleted rows out of it
		try (RealMilvus milvus = RealMilvus.start(MilvusVersion.V2_3_5, MilvusStorage.local(),
				"dataCoord.enableCompaction=false")) {
			loadsSplitsAndRefuses(milvus);
		}
	}

	private void loadsSplitsAndRefuses(RealMilvus milvus) {
		BackupTool tool = BackupTool.install(this.directory, milvus,
				StoragePlace.local(this.directory.resolve("backups")));
		try (SampleData data = new SampleData(milvus); ServerView view = new ServerView(milvus)) {
			data.allTypes("default", "options_types", 90);
			MilvusRows before = MilvusRows.read(milvus, "default", "options_types");
			MilvusClientV2 client = data.client("default");
			client.loadPartitions(LoadPartitionsReq.builder()
				.collectionName("options_types")
				.partitionNames(List.of("part_1"))
				.build());
			tool.succeed("create", "-n", NAME, "--filter", "options_types");
			loads(tool, client);
			counts(tool, client);
			splits(tool, milvus, before);
			refuses(tool, view);
		}
	}

	private static void loads(BackupTool tool, MilvusClientV2 client) {
		CommandOutcome outcome = tool.succeed("restore", "-n", NAME, "-s", "_l", "--rebuild_index", "--load",
				"--output", "json");
		assertThat(outcome.out()).contains("rows are not comparable: the backup counts 90");
		assertThat(isLoaded(client, "part_1")).isTrue();
		assertThat(isLoaded(client, "part_2")).isFalse();
	}

	private static void counts(BackupTool tool, MilvusClientV2 client) {
		tool.succeed("restore", "-n", NAME, "-s", "_c", "--rebuild_index", "--count_rows");
		assertThat(client.getLoadState(GetLoadStateReq.builder().collectionName("options_types_c").build())).isFalse();
		CommandOutcome outcome = tool.succeed("restore", "-n", NAME, "-s", "_l", "--skip_create_collection", "--output",
				"json");
		assertThat(outcome.out()).contains("a query finds", "those that were there before included");
	}

	private static boolean isLoaded(MilvusClientV2 client, String partition) {
		return client
			.getLoadState(GetLoadStateReq.builder().collectionName("options_types_l").partitionName(partition).build());
	}

	private void splits(BackupTool tool, RealMilvus milvus, MilvusRows before) {
		Path plan = write("plan.yaml",
				"""
						mapping:
						  - {source: default, target: default, colls: [{source: options_types, target: options_a}, {source: options_types, target: options_b}]}
						  - {source: default, target: options_db, colls: [{source: options_types, target: options_types}]}
						""");
		tool.succeed("restore", "-n", NAME, "--restore_plan", plan.toString(), "--rebuild_index");
		assertThat(MilvusRows.read(milvus, "default", "options_a").rows()).isEqualTo(before.rows());
		assertThat(MilvusRows.read(milvus, "default", "options_b").rows()).isEqualTo(before.rows());
		assertThat(MilvusRows.read(milvus, "options_db", "options_types").rows()).isEqualTo(before.rows());
	}

	/** The backup is made to hold what this Milvus cannot have. */
	private void refuses(BackupTool tool, ServerView view) {
		List<String> there = view.collections("default");
		tool.fail(2, List.of("backup 'options': it holds none"), "restore", "-n", NAME, "-s", "_r", "--rbac");
		change((meta) -> meta.putObject("rbac_meta").putArray("roles").addObject().put("name", "reader"));
		tool.fail(7, List.of("it cannot take them"), "restore", "-n", NAME, "-s", "_r", "--rbac");
		change((meta) -> ((ObjectNode) meta.path("collection_backups").get(0)).put("replica_number", 2));
		tool.fail(2, List.of("2 replicas need as many query nodes, resource group __default_resource_group has 1"),
				"restore", "-n", NAME, "-s", "_r", "--rebuild_index", "--load");
		change((meta) -> ((ObjectNode) meta.path("collection_backups").get(0)).putArray("resource_groups").add("hot"));
		tool.fail(2, List.of("the target has no resource group hot", "--load_anywhere"), "restore", "-n", NAME, "-s",
				"_r", "--rebuild_index", "--load");
		assertThat(view.collections("default")).isEqualTo(there);
		tool.succeed("restore", "-n", NAME, "-s", "_r", "--rebuild_index", "--load_anywhere");
	}

	private void change(Consumer<ObjectNode> change) {
		try (Stream<Path> files = Files.walk(this.directory.resolve("backups"))) {
			Path meta = files.filter((file) -> file.endsWith("full_meta.json")).findFirst().orElseThrow();
			ObjectNode content = (ObjectNode) JsonMapper.shared().readTree(Files.readString(meta));
			change.accept(content);
			Files.writeString(meta, content.toString());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Path write(String name, String content) {
		try {
			return Files.writeString(this.directory.resolve(name), content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
