package dev.milvusbackup.verify;

import dev.milvusbackup.ledger.VerifyProgress;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Compares keys, sizes and entity tags by one listing.
 */
final class CompareListingTasklet implements Tasklet {

	private final VerifyScope scope;

	CompareListingTasklet(VerifyScope scope) {
		this.scope = scope;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		Problems problems = new Problems();
		this.scope.ledger().clear(this.scope.run());
		Verification found = new BackupVerifier(this.scope.store(), problems).compare(this.scope.backup());
		boolean done = !this.scope.deep();
		this.scope.ledger()
			.put(this.scope.run(), new VerifyProgress(found.objects(), found.bytes(), done ? found.objects() : 0,
					done ? found.bytes() : 0, 0, "", problems.count(), problems.found()));
		return RepeatStatus.FINISHED;
	}

}
