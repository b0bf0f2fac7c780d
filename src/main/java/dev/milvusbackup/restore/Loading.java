package dev.milvusbackup.restore;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.LockSupport;

import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusSchema.LoadOptions;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import org.springframework.batch.core.step.StepExecution;

/**
 * Loads collections.
 */
final class Loading {

	private final Milvus milvus;

	private final Duration limit;

	private final Duration pause;

	private final InstantSource clock = InstantSource.system();

	/**
	 * @param pause between two questions whether a collection is loaded
	 */
	Loading(RestoreRun run, Duration pause) {
		this.milvus = run.milvus();
		this.limit = run.settings().noProgressLimit();
		this.pause = pause;
	}

	/**
	 * Waits for the end: a server that cannot load it says so only in the meantime.
	 * @return the collection, loaded
	 */
	Collection load(CollectionName name, LoadOptions options, StepExecution step) {
		this.milvus.schema().load(name, options);
		Instant end = this.clock.instant().plus(this.limit);
		Collection loaded = this.milvus.catalog().describe(name);
		while (!LoadPlan.isLoaded(options, loaded)) {
			if (step.isTerminateOnly() || Thread.currentThread().isInterrupted() || this.clock.instant().isAfter(end)) {
				throw new MilvusException(MilvusException.Kind.UNAVAILABLE,
						"unable to load '" + name + "': Milvus has not ended it",
						"look at Milvus's query nodes, then run the same command again", null);
			}
			LockSupport.parkNanos(this.pause.toNanos());
			loaded = this.milvus.catalog().describe(name);
		}
		return loaded;
	}

}
