package dev.milvusbackup.rest;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunPhase;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.launch.VerificationDetail;
import dev.milvusbackup.launch.VerifyRequest;
import dev.milvusbackup.ledger.VerifyProgress;
import dev.milvusbackup.ledger.VerifyProgress.FoundProblem;
import dev.milvusbackup.model.BackupName;
import org.jspecify.annotations.Nullable;

/**
 * Verifies backups, and knows the last verification of each from the job repository, also
 * one of the command line. Thread-safe.
 */
public final class Verifications {

	private final Runs runs;

	private final RunStarter starter;

	private final Backups backups;

	Verifications(Runs runs, RunStarter starter, Backups backups) {
		this.runs = runs;
		this.starter = starter;
		this.backups = backups;
	}

	/**
	 * Starts a verification, or goes on with an unfinished one of the same depth.
	 * @param deep reads every byte
	 * @throws dev.milvusbackup.BackupException when there is no such complete backup, or
	 * it is being verified
	 */
	public Verification start(BackupName name, boolean deep) {
		this.starter.start((listener) -> this.runs.verify(new VerifyRequest(name, deep), listener).summary());
		return last(name).orElseThrow();
	}

	/**
	 * The last one that was started.
	 */
	public Optional<Verification> last(BackupName name) {
		return this.backups.verification(name).map(Verification::of);
	}

	/**
	 * Where a verification stands.
	 */
	public enum State {

		/** It reads. */
		RUNNING,
		/** Everything is there and as it was written. */
		GOOD,
		/** Something is missing or different. */
		DAMAGED,
		/** It did not come to a result; another one goes on with it. */
		FAILED;

		static State of(RunPhase phase) {
			return switch (phase) {
				case RUNNING -> RUNNING;
				case COMPLETE -> GOOD;
				case DAMAGED -> DAMAGED;
				case PARTIAL, FAILED, STOPPED, INTERRUPTED, ABANDONED -> FAILED;
			};
		}

	}

	/**
	 * A verification.
	 *
	 * @param run its number
	 * @param objects done so far, all of them when it has ended
	 * @param problems the first of them
	 * @param message why it failed, else empty
	 * @param ended null while it runs, or when its process died
	 */
	public record Verification(long run, String backup, boolean deep, State state, long objects, long bytes,
			long problemCount, List<FoundProblem> problems, String message, Instant started, @Nullable Instant ended) {

		static Verification of(VerificationDetail verification) {
			RunDetail run = verification.run();
			VerifyProgress found = verification.found();
			State state = State.of(run.phase());
			return new Verification(run.run().id(), run.run().backup(), verification.deep(), state, found.done(),
					found.bytesDone(), found.problems(), found.first(), (state == State.FAILED) ? run.message() : "",
					run.started(), run.ended());
		}

	}

}
