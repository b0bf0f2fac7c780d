package dev.milvusbackup.restore;

import java.util.List;
import java.util.Map;

import dev.milvusbackup.ledger.PlannedCollection.State;
import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.model.Collection;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Plans the restore: what is restored under which names, by which imports. Refuses what
 * cannot be done before anything is changed. Executed again, it keeps a plan that is
 * whole.
 */
final class ReadManifestTasklet implements Tasklet {

	private final RestoreRun run;

	private final DescribedBackup backup;

	private final ImportKeys keys;

	private final RestoreTargets targets;

	private final TargetPlanning planning;

	ReadManifestTasklet(RestoreRun run, DescribedBackup backup, ImportKeys keys) {
		this.run = run;
		this.backup = backup;
		this.keys = keys;
		this.targets = run.targets();
		this.planning = new TargetPlanning(run);
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		return this.planning.once(contribution, this::plan);
	}

	private void plan() {
		BackupManifest manifest = this.backup.manifest();
		new RestoredRoles(this.run).check(manifest);
		this.keys.check();
		RestorePlanRequest request = this.run.request();
		PlannedTargets planned = new PlannedTargets(this.planning.choose(this.backup),
				new TargetShape(request.details()));
		List<Collection> collections = planned.all();
		Misfits misfits = new Misfits(this.run.milvusName(), this.run.milvus().catalog().version(),
				request.details().wishes().force());
		if (request.details().wishes().rest()) {
			misfits.requireImportJobs();
		}
		if (request.details().wishes().count()) {
			misfits.requireCounts();
		}
		misfits.requireNotOlderThan(manifest.milvusVersion());
		collections.forEach(misfits::check);
		collections.forEach((collection) -> misfits.requireDatabase(collection.name().database()));
		this.planning.preflight().check(collections);
		this.planning.preflight().requireFieldIds(collections);
		new LoadPreflight(this.run.milvus().cluster(), request).check(collections);
		this.run.ledgers().segments().clear(this.run.id());
		this.run.ledgers().queue().clear(this.run.id());
		this.run.ledgers().segments().putCollections(this.run.id(), planned.inState(State.DESCRIBED, Map.of()));
		Map<Long, String> problems = request.options().metaOnly() ? Map.of() : planImports(manifest, misfits);
		misfits.requireNone();
		this.run.ledgers().segments().putCollections(this.run.id(), planned.inState(State.PLANNED, problems));
	}

	private Map<Long, String> planImports(BackupManifest manifest, Misfits misfits) {
		ImportPlanner planner = new ImportPlanner(this.run, this.targets.described(), manifest.cluster().flush());
		StagedSegments staged = new StagedSegments(this.run);
		DynamicFields dynamic = new DynamicFields(created(), manifest.milvusVersion());
		this.backup.segments((segment) -> {
			List<RestoreTarget> targets = planner.targets(segment);
			targets.forEach((target) -> {
				misfits.check(segment, target.name().toString());
				staged.accept(segment, target);
			});
			dynamic.accept(segment);
			planner.accept(segment);
		});
		dynamic.requireKnown();
		staged.finish();
		return planner.finish();
	}

	private List<RestoreTarget> created() {
		return this.run.request().options().skipCreateCollection() ? List.of() : this.targets.described();
	}

}
