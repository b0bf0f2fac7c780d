package dev.milvusbackup.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import dev.milvusbackup.testing.real.MilvusVersion;
import dev.milvusbackup.testing.real.RealMilvus;
import dev.milvusbackup.testing.real.RealServers;
import dev.milvusbackup.testing.real.RequiresReal;
import dev.milvusbackup.testing.real.SampleCollection;
import dev.milvusbackup.testing.real.SampleData;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Details of indexes from the etcd inside a real Milvus.
 */
@RequiresReal({ "milvus-2.3.5", "milvus-2.2.16" })
class IndexExtraIT {

	@ParameterizedTest
	@EnumSource
	void detailsOfIndexesComeFromEtcd(MilvusVersion version, RealServers servers, @TempDir Path directory)
			throws IOException {
		RealMilvus milvus = servers.milvus(version);
		BackupTool tool = BackupTool.install(directory, milvus, StoragePlace.local(directory.resolve("backups")));
		String name = "extra_" + UUID.randomUUID().toString().substring(0, 6);
		try (SampleData data = new SampleData(milvus)) {
			List<SampleCollection> all = List.of(data.allTypes("default", name, 90),
					data.empty("default", name + "_e"));
			Snapshots before = Snapshots.of(milvus, all);
			tool.succeed("create", "-n", name, "--filter", name + "," + name + "_e", "--backup_index_extra");
			assertDetails(collection(directory.resolve("backups/" + name), name));
			tool.succeed("restore", "-n", name, "-s", "_r", "--rebuild_index");
			SampleCollection restored = all.get(0).named("default", name + "_r");
			Snapshots after = Snapshots.of(milvus, List.of(restored));
			assertThat(after.get(restored).definition()).isEqualTo(before.get(all.get(0)).definition());
			assertThat(after.get(restored).rows().rows()).isEqualTo(before.get(all.get(0)).rows().rows());
			tool.fail(2, List.of("nowhere/meta", "milvus.etcd.rootPath"), "create", "-n", name + "_2",
					"--backup_index_extra", "--set", "milvus.etcd.rootPath=nowhere");
			assertThat(tool.list()).containsExactly(name);
		}
	}

	private static void assertDetails(JsonNode collection) {
		JsonNode indexes = collection.path("index_infos");
		assertThat(indexes).isNotEmpty().allSatisfy((index) -> {
			assertThat(index.path("field_id").asLong()).isGreaterThanOrEqualTo(100);
			assertThat(index.path("create_time").asLong()).isGreaterThan(400_000_000_000_000_000L);
			assertThat(index.path("index_params")).isNotEmpty();
			JsonNode type = index.path("user_index_params").path(0);
			assertThat(type.path("key").asString()).isNotEmpty();
		});
		JsonNode fields = collection.path("schema").path("fields");
		JsonNode last = fields.path(fields.size() - 1);
		assertThat(last.path("is_dynamic").asBoolean(false)).isTrue();
		assertThat(last.path("data_type").asInt()).isEqualTo(23);
	}

	private static JsonNode collection(Path backup, String name) throws IOException {
		JsonNode manifest = JsonMapper.shared().readTree(Files.readAllBytes(backup.resolve("meta/full_meta.json")));
		for (JsonNode collection : manifest.path("collection_backups")) {
			if (collection.path("collection_name").asString().equals(name)) {
				return collection;
			}
		}
		throw new AssertionError(name + " is not in " + manifest);
	}

}
