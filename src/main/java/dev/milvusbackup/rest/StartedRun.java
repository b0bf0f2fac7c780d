package dev.milvusbackup.rest;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.ledger.Run;
import org.jspecify.annotations.Nullable;

/**
 * A run that the server carries out.
 *
 * @param run null when there was nothing to do: the end says so
 */
public record StartedRun(@Nullable Run run, CompletableFuture<RunSummary> end) {

	/**
	 * Waits for the end.
	 * @throws dev.milvusbackup.BackupException when it did not end in a summary
	 */
	public RunSummary await() {
		try {
			return this.end.join();
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
	}

	/**
	 * The id of the run, also of one that was complete already.
	 */
	public long id() {
		return (this.run != null) ? this.run.id() : await().run();
	}

	/**
	 * Whether an earlier request has done all that this one asks for.
	 */
	public boolean wasComplete() {
		return this.run == null;
	}

}
