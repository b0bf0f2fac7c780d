package dev.milvusbackup.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

class RunLedgerTest extends LedgerTest {

	private static final RunIdentity NIGHTLY = new RunIdentity(RunKind.BACKUP, "s3:bucket/backup", "nightly");

	@Test
	void openStartsTheNextGenerationOfAnIdentity() {
		RunLedger runs = new RunLedger(this.ledger);
		assertThat(runs.latest(NIGHTLY)).isEmpty();
		Run first = runs.open(NIGHTLY, "nightly", "f1", "{\"a\":1}");
		Run second = runs.open(NIGHTLY, "nightly", "f2", "{}");
		Run other = runs.open(new RunIdentity(RunKind.RESTORE, "s3:bucket/backup", "nightly"), "nightly", "f3", "{}");
		assertThat(first.generation()).isEqualTo(1);
		assertThat(second.generation()).isEqualTo(2);
		assertThat(other.generation()).isEqualTo(1);
		assertThat(runs.latest(NIGHTLY)).contains(second);
		assertThat(runs.find(first.id())).contains(first);
		assertThat(runs.runs(2)).containsExactly(other, second);
		assertThat(first.request()).isEqualTo("{\"a\":1}");
		assertThat(first.state()).isEqualTo(RunState.OPEN);
		assertThat(first.created()).isCloseTo(Instant.now(), within(Duration.ofMinutes(1)));
	}

	@Test
	void updateKeepsWhatTheLastExecutionReported() {
		RunLedger runs = new RunLedger(this.ledger);
		Run run = runs.open(NIGHTLY, "nightly", "f1", "{}");
		String summary = "{\"reason\":\"" + "long ".repeat(300_000) + "\"}";
		runs.update(run.id(), RunState.PARTIAL, summary);
		Run updated = runs.find(run.id()).orElseThrow();
		assertThat(updated.state()).isEqualTo(RunState.PARTIAL);
		assertThat(updated.summary()).isEqualTo(summary);
		assertThat(updated.updated()).isAfterOrEqualTo(run.updated());
	}

	@Test
	void theTimeOfEachCompleteBackupIsTold() {
		RunLedger runs = new RunLedger(this.ledger);
		Run first = runs.open(NIGHTLY, "nightly", "f1", "{}");
		Run second = runs.open(NIGHTLY, "nightly", "f2", "{}");
		runs.open(new RunIdentity(RunKind.BACKUP, "place", "open"), "open", "f", "{}");
		Run restore = runs.open(new RunIdentity(RunKind.RESTORE, "place", "restored"), "restored", "f", "{}");
		assertThat(runs.completeBackups()).isEmpty();
		for (Run run : new Run[] { second, first, restore }) {
			runs.update(run.id(), RunState.COMPLETE, "");
		}
		assertThat(runs.completeBackups())
			.containsOnly(Map.entry("nightly", runs.find(first.id()).orElseThrow().updated()));
	}

	@Test
	void identityMayBeLongerThanAnIndexAllows() {
		RunLedger runs = new RunLedger(this.ledger);
		RunIdentity identity = new RunIdentity(RunKind.RESTORE, "place", "é".repeat(20_000));
		assertThat(runs.latest(runs.open(identity, "b", "f", "{}").identity())).isPresent();
	}

	@Test
	void updateOfAnUnknownRunIsRefused() {
		assertThatExceptionOfType(LedgerException.class)
			.isThrownBy(() -> new RunLedger(this.ledger).update(99, RunState.COMPLETE, ""))
			.withMessageStartingWith("unable to update run '99'");
	}

}
