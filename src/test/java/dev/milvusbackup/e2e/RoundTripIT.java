package dev.milvusbackup.e2e;

import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

import dev.milvusbackup.e2e.Snapshots.Snapshot;
import dev.milvusbackup.testing.real.MilvusVersion;
import dev.milvusbackup.testing.real.RealMilvus;
import dev.milvusbackup.testing.real.RealServers;
import dev.milvusbackup.testing.real.RequiresReal;
import dev.milvusbackup.testing.real.SampleCollection;
import dev.milvusbackup.testing.real.SampleData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is backed up is what is restored: every row, every value and every setting, beside
 * the original and in its place.
 */
class RoundTripIT {

	private static final String SUFFIX = "_recover";

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@RequiresReal("milvus-2.3.5")
	void milvus23OnLocalDisk(RealServers servers, @TempDir Path directory) {
		roundTrip(directory, servers.milvus(MilvusVersion.V2_3_5), StoragePlace.local(directory.resolve("backups")));
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@RequiresReal("milvus-2.2.16")
	void milvus22OnLocalDisk(RealServers servers, @TempDir Path directory) {
		roundTrip(directory, servers.milvus(MilvusVersion.V2_2_16), StoragePlace.local(directory.resolve("backups")));
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@RequiresReal({ "milvus-2.3.5", "minio" })
	void milvus23InABucketItsBackupsInAnother(RealServers servers, @TempDir Path directory) {
		roundTrip(directory, servers.milvusOnMinio(MilvusVersion.V2_3_5),
				StoragePlace.bucket(servers.minio(), "round-trip-backups", "backup"));
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@RequiresReal({ "milvus-2.3.5", "minio" })
	void milvus23AndItsBackupsInOneBucket(RealServers servers, @TempDir Path directory) {
		RealMilvus milvus = servers.milvusOnMinio(MilvusVersion.V2_3_5);
		StoragePlace backups = StoragePlace.bucket(servers.minio(), "a-bucket-2.3.5", "round-trip/backup");
		BackupTool tool = BackupTool.install(directory, milvus, backups);
		try (SampleData data = new SampleData(milvus)) {
			List<SampleCollection> all = List.of(data.textKey("default", "one_bucket_text", 60),
					data.binaryAutoId("default", "one_bucket_binary", 60));
			Snapshots before = Snapshots.of(milvus, all);
			tool.succeed("create", "-n", "one_bucket", "--filter", "one_bucket_text,one_bucket_binary");
			tool.succeed("verify", "-n", "one_bucket", "--deep");
			tool.succeed("restore", "-n", "one_bucket", "-s", SUFFIX, "--rebuild_index");
			assertEqual(milvus, before, all, SUFFIX);
		}
	}

	@Test
	@Execution(ExecutionMode.CONCURRENT)
	@RequiresReal({ "milvus-2.2.16", "milvus-2.3.5" })
	void milvus22IntoMilvus23(RealServers servers, @TempDir Path directory) {
		RealMilvus source = servers.milvus(MilvusVersion.V2_2_16);
		RealMilvus target = servers.milvus(MilvusVersion.V2_3_5);
		StoragePlace backups = StoragePlace.local(directory.resolve("backups"));
		String prefix = "up" + UUID.randomUUID().toString().substring(0, 6);
		try (SampleData data = new SampleData(source)) {
			List<SampleCollection> all = data.createAll(prefix);
			Snapshots before = Snapshots.of(source, all);
			back(BackupTool.install(directory.resolve("source"), source, backups), prefix, all);
			BackupTool.install(directory.resolve("target"), target, backups)
				.succeed("restore", "-n", prefix, "--rebuild_index");
			Snapshots after = Snapshots.of(target, all);
			assertThat(all).allSatisfy((collection) -> {
				assertThat(after.get(collection).rows().rows()).isEqualTo(before.get(collection).rows().rows());
				assertThat(after.get(collection).rows().count()).isEqualTo(collection.rows());
			});
		}
	}

	private void roundTrip(Path directory, RealMilvus milvus, StoragePlace backups) {
		String prefix = "rt" + UUID.randomUUID().toString().substring(0, 6);
		BackupTool tool = BackupTool.install(directory, milvus, backups);
		try (SampleData data = new SampleData(milvus); ServerView view = new ServerView(milvus)) {
			List<SampleCollection> all = data.createAll(prefix);
			Snapshots before = Snapshots.of(milvus, all);
			assertThat(all).allSatisfy(
					(collection) -> assertThat(before.get(collection).rows().count()).isEqualTo(collection.rows()));
			back(tool, prefix, all);
			tool.succeed("restore", "-n", prefix, "-s", SUFFIX, "--rebuild_index");
			assertEqual(milvus, before, all, SUFFIX);
			assertThat(view.aliases("default", prefix + "_types")).containsExactly(prefix + "_alias");

			all.forEach(data::drop);
			tool.succeed("restore", "-n", prefix, "--rebuild_index");
			assertEqual(milvus, before, all, "");
			assertThat(view.aliases("default", prefix + "_types")).containsExactly(prefix + "_alias");
		}
	}

	private void back(BackupTool tool, String name, List<SampleCollection> all) {
		String filter = String.join(",", all.stream().map(SampleCollection::toString).toList());
		assertThat(tool.succeed("create", "-n", name, "--filter", filter).out()).startsWith("create backup success");
		assertThat(tool.list()).contains(name);
		tool.succeed("verify", "-n", name);
		assertThat(tool.succeed("verify", "-n", name, "--deep").out()).contains("verify backup success");
	}

	private static void assertEqual(RealMilvus milvus, Snapshots before, List<SampleCollection> all, String suffix) {
		List<SampleCollection> restored = all.stream()
			.map((collection) -> collection.named(collection.database(), collection.name() + suffix))
			.toList();
		Snapshots after = Snapshots.of(milvus, restored);
		for (int number = 0; number < all.size(); number++) {
			Snapshot expected = before.get(all.get(number));
			Snapshot actual = after.get(restored.get(number));
			assertThat(actual.definition()).as(restored.get(number).toString()).isEqualTo(expected.definition());
			assertThat(actual.rows().rows()).as(restored.get(number).toString()).isEqualTo(expected.rows().rows());
			assertThat(actual.rows().count()).as(restored.get(number).toString()).isEqualTo(expected.rows().count());
		}
	}

}
