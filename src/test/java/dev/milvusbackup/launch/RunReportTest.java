package dev.milvusbackup.launch;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.backup.SourceException;
import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedCollection.State;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;

class RunReportTest {

	private static final CopyProgress BEFORE = new CopyProgress(5, 2, 50, 20, 500, 200);

	@ParameterizedTest
	@CsvSource({ "COMPLETED,PLANNED,COMPLETE,is complete", "COMPLETED,SKIPPED,PARTIAL,but for some collections",
			"COMPLETED,FAILED,PARTIAL,but for some collections", "STOPPED,PLANNED,STOPPED,was stopped",
			"FAILED,PLANNED,FAILED,its job ended as FAILED", "UNKNOWN,PLANNED,FAILED,its job ended as UNKNOWN" })
	void everyEndIsTold(BatchStatus status, State second, ExitCode expected, String message) {
		RunSummary summary = report(RunState.OPEN, second).summary(outcome(status, null), BEFORE);
		assertThat(summary.exitCode()).isEqualTo(expected);
		assertThat(summary.message()).contains("backup b1").contains(message);
		assertThat(summary.hint() == null).isEqualTo(expected == ExitCode.COMPLETE);
		assertThat(summary.objectsReused()).isEqualTo(20);
		assertThat(summary.objectsCopied()).isEqualTo(30);
		assertThat(summary.restarts()).isEqualTo(3);
	}

	@Test
	void aKnownFailureKeepsItsExitCodeItsMessageAndItsHint() {
		SourceException failure = new SourceException(SourceException.Kind.PREFLIGHT, "unable to x", "do y");
		RunSummary summary = report(RunState.OPEN, State.PLANNED).summary(outcome(BatchStatus.FAILED, failure), BEFORE);
		assertThat(summary.exitCode()).isEqualTo(ExitCode.USAGE);
		assertThat(summary.message()).isEqualTo("unable to x");
		assertThat(summary.hint()).isEqualTo("do y");
	}

	@Test
	void aFailureWithoutAHintIsToBeTriedAgain() {
		RunSummary summary = report(RunState.OPEN, State.PLANNED)
			.summary(outcome(BatchStatus.FAILED, new IllegalStateException("a mistake")), BEFORE);
		assertThat(summary.exitCode()).isEqualTo(ExitCode.FAILED);
		assertThat(summary.hint()).contains("same command");
	}

	@ParameterizedTest
	@CsvSource({ "COMPLETE,PLANNED,COMPLETE", "PARTIAL,SKIPPED,PARTIAL" })
	void whatWasCompleteStaysAsItWas(RunState state, State second, ExitCode expected) {
		RunSummary summary = report(state, second).alreadyComplete();
		assertThat(summary.exitCode()).isEqualTo(expected);
		assertThat(summary.message()).contains("already complete");
		assertThat(summary.objectsCopied()).isZero();
		assertThat(summary.objectsReused()).isEqualTo(50);
		assertThat(summary.notes()).containsExactly("of the run");
		assertThat(summary.collections().get(0).note()).isEqualTo("of a");
	}

	private static RunOutcome outcome(BatchStatus status, @Nullable Throwable failure) {
		return new RunOutcome(status, false, failure, 3, 1.5);
	}

	private static RunReport report(RunState state, State second) {
		Run run = new Run(7, new RunIdentity(RunKind.BACKUP, "here", "b1"), 1, "b1", "f", "{}", state, Instant.EPOCH,
				Instant.EPOCH, "");
		return new RunReport(run,
				List.of(new PlannedCollection(1, "default.a", "{}", State.PLANNED, ""),
						new PlannedCollection(2, "default.b", "{}", second, "because")),
				new CopyProgress(5, 5, 50, 50, 500, 500), 10,
				new RunReport.Notes(List.of("of the run"), Map.of(1L, "of a")));
	}

}
