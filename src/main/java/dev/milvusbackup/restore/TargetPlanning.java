package dev.milvusbackup.restore;

import java.util.List;

import dev.milvusbackup.ledger.TargetProgress.Creation;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * What the planning of a restore has in common for all formats of backups: the choice of
 * collections, and that a plan which is whole is kept.
 */
final class TargetPlanning {

	private final RestoreRun run;

	private final Preflight preflight;

	TargetPlanning(RestoreRun run) {
		this.run = run;
		this.preflight = new Preflight(run.milvus(), run.request().options());
	}

	Preflight preflight() {
		return this.preflight;
	}

	/**
	 * Plans, or tries again what failed of an earlier plan after another look at the
	 * target.
	 */
	RepeatStatus once(StepContribution contribution, Runnable plan) {
		RestoreTargets targets = this.run.targets();
		if (targets.arePlanned()) {
			targets.retryFailed();
			this.preflight.check(targets.open()
				.stream()
				.filter((target) -> target.progress().creation() == Creation.NONE)
				.map(RestoreTarget::collection)
				.toList());
		}
		else {
			plan.run();
		}
		contribution.incrementWriteCount(targets.open().size());
		return RepeatStatus.FINISHED;
	}

	/**
	 * The collections that the request asks for, under their new names.
	 */
	List<Chosen> choose(DescribedBackup backup) {
		RestorePlanRequest request = this.run.request();
		TargetSelection selection = new TargetSelection(backup.manifest(), request.renamer());
		if (request.details().mapping() != null) {
			selection.requireNamed();
		}
		return selection.select(request.sourceFilter(), request.targets());
	}

}
