package dev.milvusbackup.launch;

import java.nio.file.Path;

import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.manifest.SegmentSink;
import dev.milvusbackup.milvus.ChannelPosition;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.testing.Fault.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the data of a backup ends is known from the flush before its first segment was
 * copied, also when another host completes it.
 */
class FlushAdoptionTest {

	@TempDir
	Path directory;

	private RunsHarness harness;

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@Test
	void thePositionsOfTheFlushOfEverythingAreAdopted() {
		start("2.6.11");
		BackupManifest draft = breakOff();
		assertThat(draft.cluster().flush().messages()).hasSize(16);
		goOn();
		BackupManifest manifest = manifest();
		assertThat(manifest.cluster()).isEqualTo(draft.cluster());
		assertThat(this.harness.fake.faults().calls("FlushAll")).isOne();
		assertThat(manifest.collections())
			.allSatisfy((backup) -> assertThat(backup.collection().checkpoint()).isEqualTo(Collection.Checkpoint.NONE));
	}

	@Test
	void theCheckpointsOfEachCollectionAreAdopted() {
		start("2.6.8");
		BackupManifest draft = breakOff();
		goOn();
		assertThat(this.harness.fake.faults().calls("Flush")).isEqualTo(2);
		assertThat(manifest().collections()).hasSize(2).allSatisfy((backup) -> {
			Collection.Checkpoint checkpoint = backup.collection().checkpoint();
			assertThat(checkpoint.sealSeconds()).isPositive();
			assertThat(checkpoint.channels()).containsOnlyKeys(backup.collection().virtualChannels());
			assertThat(checkpoint.channels().values().stream().mapToLong(ChannelPosition::timestamp).max())
				.hasValue(checkpoint.timestamp());
		});
		assertThat(manifest().collections()).usingRecursiveComparison()
			.ignoringFields("size", "partitionSizes")
			.isEqualTo(draft.collections());
	}

	private void start(String version) {
		this.harness = new RunsHarness(this.directory, version);
		this.harness.fake.collection("a").insertSegment("_default", 10);
		this.harness.fake.collection("b").insertGrowing("_default", 10);
	}

	/** Fails while copying, and loses the job repository. */
	private BackupManifest breakOff() {
		this.harness.target.on(Operation.COPY).nth(3).times(1000).fail();
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.FAILED);
		this.harness.target.heal();
		this.harness.repository = "another";
		return new ManifestStore(this.harness.backups).readDraft(this.harness.layout, SegmentSink.NONE)
			.orElseThrow()
			.manifest();
	}

	private void goOn() {
		// what others write meanwhile is not of this backup
		this.harness.fake.collection("a").insertGrowing("_default", 3);
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.COMPLETE);
	}

	private BackupManifest manifest() {
		return new ManifestStore(this.harness.backups).read(this.harness.layout, SegmentSink.NONE);
	}

}
