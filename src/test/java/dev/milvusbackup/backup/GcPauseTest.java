package dev.milvusbackup.backup;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.milvus.FakeManagement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;

class GcPauseTest {

	private BackupHarness harness;

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void collectionIsPausedWhileTheJobRunsAndGoesOnAfterIt() throws Exception {
		FakeManagement management = start("2.3.6");
		AtomicBoolean paused = new AtomicBoolean();
		this.harness.target.on(Operation.COPY)
			.nth(1)
			.run(() -> paused.set(management.remainingPause().compareTo(Duration.ofMinutes(50)) > 0));
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(paused).isTrue();
		assertThat(management.isPaused()).isFalse();
		assertThat(management.pauses()).isOne();
		assertThat(management.resumes()).isOne();
	}

	@Test
	void aFailureGivesThePauseBackAndTheRestartTakesItAgain() throws Exception {
		FakeManagement management = start("2.3.6");
		this.harness.target.on(Operation.COPY).nth(2).fail();
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(management.isPaused()).isFalse();
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(management.pauses()).isEqualTo(2);
		assertThat(management.resumes()).isEqualTo(2);
	}

	@Test
	void aServerThatCannotPauseIsBackedUp() throws Exception {
		start("2.3.5");
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
	}

	@Test
	void aRefusedPauseIsNotGivenBack() throws Exception {
		FakeManagement management = start("2.3.6");
		management.answerWith(500, "no");
		this.harness.target.on(Operation.COPY).nth(1).run(management::answerNormally);
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(management.resumes()).isZero();
		assertThat(this.harness.ledger.notes().notes(this.harness.runId)).singleElement()
			.asString()
			.endsWith("garbage collection was not paused");
	}

	@Test
	void aPauseThatCannotBeGivenBackDoesNotFailTheBackup() throws Exception {
		FakeManagement management = start("2.3.6");
		this.harness.target.on(Operation.COPY).nth(1).run(() -> management.answerWith(503, "away"));
		assertThat(this.harness.backUp().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.exists()).isTrue();
	}

	@Test
	void descriptionsOnlyNeedNoPause() throws Exception {
		FakeManagement management = start("2.3.6");
		this.harness.metaOnly = true;
		this.harness.backUp();
		assertThat(management.pauses()).isZero();
	}

	private FakeManagement start(String version) throws Exception {
		this.harness = new BackupHarness(version);
		this.harness.pauseGc = true;
		this.harness.fake.collection("a").insertSegment("_default", 5);
		return this.harness.fake.management();
	}

}
