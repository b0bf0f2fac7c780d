package dev.milvusbackup.retention;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.ledger.PlannedExpiry;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.manifest.DeletionProgress;
import dev.milvusbackup.model.BackupName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Deletes one backup after the other. One that fails keeps no other from being deleted,
 * but the step fails in the end. A stop takes effect between two batches of objects. For
 * one execution of the step.
 */
final class DeleteBackupsTasklet implements Tasklet {

	private static final Logger logger = LoggerFactory.getLogger(DeleteBackupsTasklet.class);

	private final Expiry expiry;

	private final Set<String> failed = new HashSet<>();

	DeleteBackupsTasklet(Expiry expiry) {
		this.expiry = expiry;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		Optional<PlannedExpiry> next = next();
		if (next.isPresent()) {
			delete(next.get(), contribution);
			return RepeatStatus.CONTINUABLE;
		}
		if (!this.failed.isEmpty()) {
			throw new RetentionException("unable to delete " + this.failed.size() + " of the backups that expire",
					"run the same command again");
		}
		return RepeatStatus.FINISHED;
	}

	private Optional<PlannedExpiry> next() {
		return this.expiry.ledger()
			.backups(this.expiry.run())
			.stream()
			.filter((backup) -> !backup.deleted() && !this.failed.contains(backup.backup()))
			.findFirst();
	}

	private void delete(PlannedExpiry backup, StepContribution contribution) {
		BackupName name = new BackupName(backup.backup());
		try (BackupGuard.Hold hold = this.expiry.guard().hold(name)) {
			requireUnused(name, backup, hold);
			Progress progress = new Progress(backup, hold, contribution.getStepExecution());
			if (this.expiry.catalog().expire(name, progress)) {
				this.expiry.ledger().deleted(this.expiry.run(), backup.backup());
				contribution.incrementWriteCount(1);
				logger.info("expired backup {}", name);
			}
		}
		catch (BackupException ex) {
			logger.warn("backup {} stays: {}", name, ex.getMessage());
			this.failed.add(backup.backup());
			this.expiry.ledger().failed(this.expiry.run(), backup.backup(), String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Looks again, now that no run of it can begin.
	 */
	private void requireUnused(BackupName name, PlannedExpiry backup, BackupGuard.Hold hold) {
		String reader = this.expiry.guard().reader(name);
		boolean same = !hold.isLost()
				&& this.expiry.catalog().find(name).filter((found) -> isSame(found, backup)).isPresent();
		if (!reader.isEmpty() || !same) {
			throw new RetentionException(
					"unable to delete backup '" + name + "': "
							+ (reader.isEmpty() ? "it has changed meanwhile" : reader),
					"run the same command again later");
		}
	}

	private static boolean isSame(BackupEntry found, PlannedExpiry backup) {
		return found.state().name().equals(backup.state()) && found.id().equals(backup.backupId())
				&& found.bytes() == backup.bytes();
	}

	private final class Progress implements DeletionProgress {

		private final PlannedExpiry backup;

		private final BackupGuard.Hold hold;

		private final StepExecution step;

		Progress(PlannedExpiry backup, BackupGuard.Hold hold, StepExecution step) {
			this.backup = backup;
			this.hold = hold;
			this.step = step;
		}

		@Override
		public void deleted(long objects) {
			Expiry expiry = DeleteBackupsTasklet.this.expiry;
			expiry.ledger().deletedObjects(expiry.run(), this.backup.backup(), objects);
		}

		@Override
		public boolean isStopped() {
			return this.step.isTerminateOnly() || this.hold.isLost();
		}

	}

}
