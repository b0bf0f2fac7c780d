package dev.milvusbackup.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunNotesTest extends LedgerTest {

	@Test
	void notesAreKeptInTheirOrderAndOnce() {
		RunNotes notes = new SegmentLedger(this.ledger).notes();
		long run = openRun().id();
		for (String note : List.of("left out a", "no pause", "left out a", "note " + "long ".repeat(2000),
				"no pause")) {
			notes.add(run, note);
		}
		assertThat(notes.notes(run)).hasSize(3).startsWith("left out a", "no pause");
		assertThat(notes.notes(run).get(2)).hasSizeGreaterThan(10_000);
		assertThat(notes.notes(openRun().id())).isEmpty();
	}

	@Test
	void ofVeryManyTheFirstAreKept() {
		RunNotes notes = new SegmentLedger(this.ledger).notes();
		long run = openRun().id();
		for (int i = 0; i < 1010; i++) {
			notes.add(run, "note " + i);
		}
		assertThat(notes.notes(run)).hasSize(1000).startsWith("note 0").endsWith("note 999");
	}

	@Test
	void theyGoWithTheRun() {
		RunNotes notes = new SegmentLedger(this.ledger).notes();
		Run run = openRun();
		notes.add(run.id(), "left out a");
		new RunLedger(this.ledger).update(run.id(), RunState.COMPLETE, "");
		RunPurge purge = new RunPurge(this.ledger);
		List<Run> old = purge.candidates(Instant.now().plus(Duration.ofMinutes(1)));
		assertThat(old).extracting(Run::id).containsExactly(run.id());
		old.forEach(purge::purge);
		assertThat(notes.notes(run.id())).isEmpty();
	}

}
