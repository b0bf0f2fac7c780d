package dev.milvusbackup.launch;

import java.nio.file.Path;

import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeEtcd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When a {@code create} that wants the details of indexes needs the store that they are
 * in.
 */
class IndexExtraCreateTest {

	private final RunsHarness harness;

	private final FakeEtcd etcd = FakeEtcd.start();

	IndexExtraCreateTest(@TempDir Path directory) {
		this.harness = new RunsHarness(directory);
		this.harness.etcd = this.etcd;
		FakeCollection collection = this.harness.fake.collection("a");
		collection.insertSegment("_default", 10);
		this.etcd.put("by-dev", collection);
	}

	@AfterEach
	void close() {
		this.etcd.close();
		this.harness.close();
	}

	@Test
	void aCompleteBackupNeedsNothingOfTheStore() {
		assertThat(create().exitCode()).isEqualTo(ExitCode.COMPLETE);
		this.etcd.close();
		RunSummary again = create();
		assertThat(again.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(again.message()).contains("already complete");
		assertThat(again.objectsCopied()).isZero();
	}

	@Test
	void anotherBackupIsNotBegunWithoutIt() {
		this.etcd.close();
		assertThatExceptionOfType(MilvusException.class).isThrownBy(this::create)
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(MilvusException.Kind.UNAVAILABLE));
		assertThat(this.harness.keys()).isEmpty();
	}

	private RunSummary create() {
		CreateRequest request = new CreateRequest(new BackupName("b1"), CollectionFilter.ALL,
				CreateRequest.Strategy.AUTO, false, true);
		return this.harness.inRuns((runs) -> runs.create(request, ProgressListener.NONE));
	}

}
