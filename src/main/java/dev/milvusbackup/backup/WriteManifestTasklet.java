package dev.milvusbackup.backup;

import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Makes the backup exist.
 */
final class WriteManifestTasklet implements Tasklet {

	private final BackupDraft draft;

	WriteManifestTasklet(BackupDraft draft) {
		this.draft = draft;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		this.draft.complete();
		return RepeatStatus.FINISHED;
	}

}
