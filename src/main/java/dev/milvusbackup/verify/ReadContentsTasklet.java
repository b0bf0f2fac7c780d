package dev.milvusbackup.verify;

import java.util.Optional;

import dev.milvusbackup.ledger.VerifyProgress;
import dev.milvusbackup.manifest.ManifestException;
import dev.milvusbackup.verify.BackupContents.Position;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Reads every byte, batch by batch, and records each batch that is done: another
 * execution goes on after the last one. For one execution of the step.
 */
final class ReadContentsTasklet implements Tasklet, AutoCloseable {

	private final VerifyScope scope;

	private Problems problems = new Problems();

	private @Nullable BackupContents contents;

	ReadContentsTasklet(VerifyScope scope) {
		this.scope = scope;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) {
		VerifyProgress before = this.scope.ledger().find(this.scope.run()).orElse(VerifyProgress.NONE);
		Optional<Position> position = next(before);
		position.ifPresent((now) -> record(before, now));
		contribution.incrementWriteCount(position.isPresent() ? 1 : 0);
		return position.isPresent() ? RepeatStatus.CONTINUABLE : RepeatStatus.FINISHED;
	}

	/** Where the list of objects is damaged nothing is left to read. */
	private Optional<Position> next(VerifyProgress before) {
		try {
			BackupContents open = (this.contents != null) ? this.contents : open(before);
			this.contents = open;
			return open.next();
		}
		catch (ManifestException ex) {
			this.problems.addDescription(this.scope.backup(), ex);
			record(before, new Position(before.done(), before.bytesDone(), before.hashed(), before.lastKey()));
			return Optional.empty();
		}
	}

	private BackupContents open(VerifyProgress before) {
		this.problems = Problems.of(before.problems(), before.first());
		BackupContents opened = open();
		boolean same = opened
			.skipTo(new Position(before.done(), before.bytesDone(), before.hashed(), before.lastKey()));
		if (same) {
			return opened;
		}
		opened.close();
		return open();
	}

	private BackupContents open() {
		return new BackupContents(this.scope.store(), this.scope.backup(), this.scope.concurrency(), this.problems);
	}

	private void record(VerifyProgress before, Position now) {
		this.scope.ledger()
			.put(this.scope.run(), new VerifyProgress(before.objects(), before.bytes(), now.objects(), now.bytes(),
					now.hashed(), now.lastKey(), this.problems.count(), this.problems.found()));
	}

	@Override
	public void close() {
		if (this.contents != null) {
			this.contents.close();
		}
	}

}
