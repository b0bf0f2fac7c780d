package dev.milvusbackup.launch;

import java.util.Optional;

import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunState;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a run that is named from becoming another one, when its request is carried out
 * again.
 *
 * @param run null when no run is named: the request decides
 */
record Resumption(@Nullable Run run) {

	/** No run is named. */
	static final Resumption NONE = new Resumption(null);

	/**
	 * @throws LaunchException with exit code 2 when nothing goes on with the run
	 */
	static Resumption of(Run run) {
		if (run.state() == RunState.ABANDONED) {
			throw unable(run, "it was abandoned", "start the job again under another name");
		}
		return new Resumption(run);
	}

	/**
	 * @param identity that the request has with this configuration
	 */
	void requireIdentity(RunIdentity identity) {
		if (this.run != null && !this.run.identity().equals(identity)) {
			throw unable(this.run,
					"it is of '" + this.run.identity().place() + "' and '" + this.run.identity().subject()
							+ "', this configuration of '" + identity.place() + "' and '" + identity.subject() + "'",
					"use the configuration that it was started with");
		}
	}

	/**
	 * @param latest of the identity, now that no other can begin
	 */
	void requireLatest(Optional<Run> latest) {
		if (this.run != null && latest.filter((found) -> found.id() == this.run.id()).isEmpty()) {
			throw unable(this.run, "there is a newer one of the same name", "restart that one");
		}
	}

	private static LaunchException unable(Run run, String cause, String hint) {
		return new LaunchException(ExitCode.USAGE, "unable to go on with run '" + run.id() + "': " + cause, hint);
	}

}
