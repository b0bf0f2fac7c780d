package dev.milvusbackup.ledger;

import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotLedgerTest extends LedgerTest {

	private SegmentLedger segments;

	private SnapshotLedger snapshots;

	private long run;

	@BeforeEach
	void plan() {
		this.segments = new SegmentLedger(this.ledger);
		this.snapshots = this.segments.snapshots();
		this.run = openRun().id();
		this.segments.putCollections(this.run, List.of(planned(1, PlannedCollection.State.PLANNED),
				planned(2, PlannedCollection.State.PLANNED), planned(3, PlannedCollection.State.FAILED)));
	}

	@Test
	void whatIsPutIsFound() {
		PlannedSnapshot snapshot = taken(1).submitting().submitted(77).exported("bundle/d.json", 9, 1000);
		this.snapshots.put(this.run, snapshot);
		assertThat(this.snapshots.find(this.run, 1)).contains(snapshot);
		assertThat(this.snapshots.snapshots(this.run)).containsExactly(snapshot);
	}

	@Test
	void withoutSnapshotsSegmentsCount() {
		assertThat(this.segments.progress(this.run)).isEqualTo(CopyProgress.NONE);
	}

	@Test
	void totalsAreUnknownUntilMilvusHasToldAllOfThem() {
		PlannedSnapshot first = taken(1).submitting().submitted(77);
		this.snapshots.put(this.run, first);
		this.snapshots.progress(this.run, 1, 3, 10);
		assertThat(this.segments.progress(this.run)).isEqualTo(new CopyProgress(2, 0, 0, 3, 0, 0, 15));
		this.snapshots.put(this.run, first.exported("bundle/d.json", 10, 500));
		this.snapshots.put(this.run, taken(2).submitting().submitted(78));
		assertThat(this.segments.progress(this.run)).isEqualTo(new CopyProgress(2, 1, 0, 10, 0, 500, 50));
		this.snapshots.progress(this.run, 2, 1, 4);
		assertThat(this.segments.progress(this.run)).isEqualTo(new CopyProgress(2, 1, 14, 11, 0, 500, 62));
		this.snapshots.put(this.run, taken(2).submitting().submitted(78).exported("bundle/e.json", 4, 70));
		assertThat(this.segments.progress(this.run)).isEqualTo(new CopyProgress(2, 2, 14, 14, 570, 570, 100));
	}

	@Test
	void whatIsLeftOutDoesNotCount() {
		this.snapshots.put(this.run, taken(3).submitting().submitted(79).exported("bundle/f.json", 4, 70));
		assertThat(this.segments.progress(this.run)).isEqualTo(new CopyProgress(2, 0, 0, 0, 0, 0));
	}

	@Test
	void progressOfAnExportThatHasEndedIsTooLate() {
		this.snapshots.put(this.run, taken(1).submitting().submitted(77).exported("bundle/d.json", 10, 500));
		this.snapshots.progress(this.run, 1, 3, 12);
		assertThat(this.snapshots.find(this.run, 1).orElseThrow().files()).isEqualTo(10);
		assertThat(this.segments.progress(this.run).objectsDone()).isEqualTo(10);
	}

	private static PlannedCollection planned(long id, PlannedCollection.State state) {
		return new PlannedCollection(id, "default.c" + id, "{}", state, "");
	}

	private static PlannedSnapshot taken(long collection) {
		return PlannedSnapshot.planned(planned(collection, PlannedCollection.State.PLANNED), "server", 1, "mbk_b")
			.taking()
			.taken(5, 20);
	}

}
