package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedCollection.State;
import dev.milvusbackup.ledger.RestoreTargetLedger;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.ledger.TargetProgress;
import dev.milvusbackup.manifest.ManifestCodec;

/**
 * The collections of one restore run, as the ledger has them. Thread-safe.
 */
final class RestoreTargets {

	private final long run;

	private final SegmentLedger ledger;

	private final RestoreTargetLedger progress;

	RestoreTargets(long run, SegmentLedger ledger, RestoreTargetLedger progress) {
		this.run = run;
		this.ledger = ledger;
		this.progress = progress;
	}

	/**
	 * Whether the plan is whole.
	 */
	boolean arePlanned() {
		List<PlannedCollection> collections = this.ledger.collections(this.run);
		return !collections.isEmpty()
				&& collections.stream().noneMatch((collection) -> collection.state() == State.DESCRIBED);
	}

	/**
	 * Whatever became of them.
	 */
	List<PlannedCollection> all() {
		return this.ledger.collections(this.run);
	}

	/**
	 * Those that have not failed.
	 */
	List<RestoreTarget> open() {
		return in(State.PLANNED);
	}

	/**
	 * Those of the plan that is being made.
	 */
	List<RestoreTarget> described() {
		return in(State.DESCRIBED);
	}

	/**
	 * The target of that number, whatever became of it.
	 */
	RestoreTarget find(long id) {
		PlannedCollection planned = this.ledger.collection(this.run, id).orElseThrow();
		return new RestoreTarget(ManifestCodec.fromJson(planned.description()), planned, TargetProgress.NONE);
	}

	/**
	 * Leaves the collection out of the rest of this execution.
	 */
	void fail(RestoreTarget target, String reason) {
		put(target.planned(), State.FAILED, reason);
	}

	/**
	 * What failed in an earlier execution is tried again; what the backup does not hold
	 * whole stays skipped.
	 */
	void retryFailed() {
		this.ledger.collections(this.run)
			.stream()
			.filter((collection) -> collection.state() == State.FAILED)
			.forEach((collection) -> put(collection, State.PLANNED, ""));
	}

	void created(RestoreTarget target, TargetProgress.Creation creation) {
		this.progress.creation(this.run, target.id(), creation);
	}

	/**
	 * Remembers something more that the operator should know of a collection that is
	 * restored nevertheless.
	 */
	void note(RestoreTarget target, String note) {
		this.progress.note(this.run, target.id(), note);
	}

	private List<RestoreTarget> in(State state) {
		Map<Long, TargetProgress> known = this.progress.targets(this.run);
		List<RestoreTarget> targets = new ArrayList<>();
		for (PlannedCollection planned : this.ledger.collections(this.run)) {
			if (planned.state() == state) {
				targets.add(new RestoreTarget(ManifestCodec.fromJson(planned.description()), planned,
						known.getOrDefault(planned.collectionId(), TargetProgress.NONE)));
			}
		}
		return targets;
	}

	private void put(PlannedCollection planned, State state, String reason) {
		this.ledger.putCollections(this.run, List
			.of(new PlannedCollection(planned.collectionId(), planned.name(), planned.description(), state, reason)));
	}

}
