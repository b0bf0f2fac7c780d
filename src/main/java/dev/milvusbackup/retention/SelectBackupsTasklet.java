package dev.milvusbackup.retention;

import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

import dev.milvusbackup.ledger.PlannedExpiry;
import dev.milvusbackup.manifest.BackupEntry;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Chooses the backups that go: those whose deletion has begun first, then the oldest.
 * Done anew in every execution, as what was the right choice before a kill need not be it
 * any more: only what is deleted stays so.
 */
final class SelectBackupsTasklet implements Tasklet {

	private final Expiry expiry;

	private final Consumer<List<Verdict>> decided;

	/**
	 * @param decided is told of all verdicts, newest backup first
	 */
	SelectBackupsTasklet(Expiry expiry, Consumer<List<Verdict>> decided) {
		this.expiry = expiry;
		this.decided = decided;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		List<Verdict> verdicts = this.expiry.verdicts();
		List<PlannedExpiry> planned = verdicts.stream()
			.filter(Verdict::expires)
			.sorted(Comparator.comparing((Verdict verdict) -> !verdict.backup().deleting())
				.thenComparing((verdict) -> verdict.backup().time()))
			.map(SelectBackupsTasklet::planned)
			.toList();
		this.expiry.ledger().plan(this.expiry.run(), planned);
		this.decided.accept(verdicts);
		contribution.incrementWriteCount(planned.size());
		return RepeatStatus.FINISHED;
	}

	private static PlannedExpiry planned(Verdict verdict) {
		BackupEntry entry = verdict.backup().entry();
		return new PlannedExpiry(entry.name().value(), entry.state().name(), entry.id(), verdict.backup().time(),
				entry.milvusVersion(), entry.bytes(), String.join(", ", verdict.reasons()), false, 0, "");
	}

}
