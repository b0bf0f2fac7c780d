package dev.milvusbackup.restore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.layout.SnapshotUris;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedCollection.State;
import dev.milvusbackup.ledger.PlannedImport;
import dev.milvusbackup.ledger.PlannedImport.Extent;
import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.manifest.SnapshotBackup;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.restore.RestoreException.Kind;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Plans the restore of snapshots: each is one import. Refuses what cannot be done before
 * anything is changed. Executed again, it keeps a plan that is whole.
 */
final class ReadSnapshotsTasklet implements Tasklet {

	private final RestoreRun run;

	private final DescribedBackup backup;

	private final TargetPlanning planning;

	ReadSnapshotsTasklet(RestoreRun run, DescribedBackup backup) {
		this.run = run;
		this.backup = backup;
		this.planning = new TargetPlanning(run);
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		requireSnapshots();
		return this.planning.once(contribution, this::plan);
	}

	private void requireSnapshots() {
		if (!this.run.milvus().snapshots().areSupported()) {
			throw new RestoreException(Kind.INCOMPATIBLE,
					"unable to restore into '" + this.run.milvusName()
							+ "': the backup is of the snapshot format, which" + " Milvus has from 3.0 on",
					"restore into a newer Milvus");
		}
		new SnapshotUris(this.run.places().milvusStorage(), this.run.places().backupStorage()).problem()
			.ifPresent((problem) -> {
				throw new RestoreException(Kind.PREFLIGHT,
						"unable to restore a backup of the snapshot format: " + problem,
						"copy the backup to a store that Milvus reaches");
			});
	}

	private void plan() {
		BackupManifest manifest = this.backup.manifest();
		new RestoredRoles(this.run).check(manifest);
		RestorePlanRequest request = this.run.request();
		List<Chosen> chosen = this.planning.choose(this.backup);
		new SnapshotOptions(request).check(chosen, this.run.ledgers().segments().notes().of(this.run.id()));
		PlannedTargets planned = new PlannedTargets(chosen, new TargetShape(request.details()));
		Misfits misfits = new Misfits(this.run.milvusName(), this.run.milvus().catalog().version(),
				request.details().wishes().force());
		misfits.requireNotOlderThan(manifest.milvusVersion());
		List<Collection> collections = planned.all();
		this.planning.preflight().check(collections);
		new LoadPreflight(this.run.milvus().cluster(), request.withIndexes()).check(collections);
		this.run.ledgers().queue().clear(this.run.id());
		Map<Long, String> problems = problems(chosen);
		this.run.ledgers().segments().putCollections(this.run.id(), planned.inState(State.DESCRIBED, Map.of()));
		this.run.ledgers().imports().plan(this.run.id(), imports(planned.inState(State.PLANNED, problems), chosen));
		this.run.ledgers().segments().putCollections(this.run.id(), planned.inState(State.PLANNED, problems));
	}

	/** By the collection's id in the backup. */
	private Map<Long, String> problems(List<Chosen> chosen) {
		Map<Long, String> problems = new HashMap<>();
		for (Chosen each : chosen) {
			SnapshotBackup snapshot = each.backup().snapshot();
			if (snapshot == null || snapshot.metadataPath().isEmpty()) {
				problems.put(each.backup().collection().id(), "the backup has no snapshot of it");
			}
			else if (this.run.places()
				.backup()
				.stat(this.run.places().layout().directory().key(snapshot.metadataPath()))
				.isEmpty()) {
				problems.put(each.backup().collection().id(),
						"the description of its snapshot is missing: " + snapshot.metadataPath());
			}
		}
		return problems;
	}

	private static List<PlannedImport> imports(List<PlannedCollection> planned, List<Chosen> chosen) {
		Map<String, SnapshotBackup> snapshots = new HashMap<>();
		chosen.forEach((each) -> snapshots.put(each.target().toString(), each.backup().snapshot()));
		return planned.stream().filter((target) -> target.state() == State.PLANNED).map((target) -> {
			SnapshotBackup snapshot = snapshots.get(target.name());
			return new PlannedImport("snapshot of " + target.name(), ImportOrder.SNAPSHOT, target.name(), "",
					List.of(snapshot.metadataPath()), snapshot.rows(), snapshot.bytes(), false, Extent.ONE,
					PlannedImport.State.PLANNED, null, 0, "");
		}).toList();
	}

}
