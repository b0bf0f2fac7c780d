package dev.milvusbackup.backup;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that limits the rate of flushes is asked more slowly, and every collection is
 * flushed nevertheless.
 */
class PacedFlushTest {

	private static final int COLLECTIONS = 10;

	private BackupHarness harness;

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.2.16", "2.3.5", "2.4.4" })
	void flushesSlowDownUntilTheServerTakesThem(String version) throws Exception {
		this.harness = new BackupHarness(version);
		for (int i = 0; i < COLLECTIONS; i++) {
			this.harness.fake.collection("c" + i).insertGrowing("_default", 5);
		}
		this.harness.fake.faults().limitRate("Flush", 2);
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.manifest().collections()).hasSize(COLLECTIONS);
		assertThat(this.harness.fake.find("c9").segments()).hasSize(1);
		int calls = this.harness.fake.faults().calls("Flush");
		assertThat(calls).isGreaterThan(COLLECTIONS).isLessThan(4 * COLLECTIONS);
	}

}
