package dev.milvusbackup.ledger;

import java.util.List;

import dev.milvusbackup.ledger.PlannedImport.State;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ImportLedgerTest extends LedgerTest {

	private ImportLedger imports;

	private long run;

	@BeforeEach
	void openLedger() {
		this.imports = new ImportLedger(this.ledger);
		this.run = openRun().id();
	}

	@Test
	void importsComeInTheOrderInWhichTheyAreToBeDone() {
		PlannedImport last = planned("b", 1, "a");
		PlannedImport first = planned("c", 0, "B");
		PlannedImport second = planned("Z", 0, "a");
		PlannedImport third = planned("a", 0, "a");
		this.imports.plan(this.run, List.of(last, first, second, third, third));
		assertThat(this.imports.imports(this.run)).containsExactly(first, second, third, last);
	}

	@Test
	void planLeavesKnownImportsAsTheyAre() {
		this.imports.plan(this.run, List.of(planned("a", 0, "c")));
		this.imports.submitting(this.run, "a");
		this.imports.plan(this.run, List.of(planned("a", 5, "c"), planned("b", 0, "c")));
		assertThat(this.imports.imports(this.run)).extracting(PlannedImport::state)
			.containsExactly(State.SUBMITTING, State.PLANNED);
	}

	@Test
	void importGoesThroughItsStates() {
		this.imports.plan(this.run, List.of(planned("a", 0, "c")));
		this.imports.submitting(this.run, "a");
		this.imports.notSubmitted(this.run, "a");
		assertThat(only().state()).isEqualTo(State.PLANNED);
		this.imports.submitting(this.run, "a");
		this.imports.submitted(this.run, "a", 451L);
		assertThat(only().jobId()).isEqualTo(451L);
		this.imports.failed(this.run, "a", "disk full");
		assertThat(only().reason()).isEqualTo("disk full");
		this.imports.submitting(this.run, "a");
		assertThat(only().jobId()).isNull();
		assertThat(only().reason()).isEmpty();
		this.imports.submitted(this.run, "a", 452L);
		this.imports.imported(this.run, "a", 77);
		this.imports.imported(this.run, "a", 77);
		assertThat(only().rowsImported()).isEqualTo(77);
	}

	@Test
	void importThatIsDoneIsNeverSubmittedAgain() {
		this.imports.plan(this.run, List.of(planned("a", 0, "c")));
		this.imports.submitting(this.run, "a");
		assertRefused(() -> this.imports.submitting(this.run, "a"));
		assertRefused(() -> this.imports.imported(this.run, "a", 1));
		this.imports.submitted(this.run, "a", 1);
		assertRefused(() -> this.imports.notSubmitted(this.run, "a"));
		this.imports.imported(this.run, "a", 1);
		assertRefused(() -> this.imports.submitting(this.run, "a"));
		assertRefused(() -> this.imports.failed(this.run, "a", "late"));
		assertRefused(() -> this.imports.submitting(this.run, "unknown"));
		assertThat(only().state()).isEqualTo(State.IMPORTED);
	}

	private PlannedImport only() {
		return this.imports.imports(this.run).get(0);
	}

	private static void assertRefused(Runnable change) {
		assertThatExceptionOfType(LedgerException.class).isThrownBy(change::run)
			.withMessageContaining("not in a state that allows it");
	}

	private static PlannedImport planned(String key, int order, String collection) {
		return new PlannedImport(key, order, collection, "_default", List.of("backup/a/", "backup/b/,c"), 10, 20, true,
				PlannedImport.Extent.ONE, State.PLANNED, null, 0, "");
	}

}
