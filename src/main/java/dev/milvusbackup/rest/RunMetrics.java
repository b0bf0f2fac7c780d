package dev.milvusbackup.rest;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.storage.StoreMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/**
 * Measures what this server does. Thread-safe.
 */
final class RunMetrics {

	private static final String PREFIX = "milvus.backup.";

	private final MeterRegistry registry;

	RunMetrics(MeterRegistry registry) {
		this.registry = registry;
	}

	/** A run has ended in a summary. */
	void ended(RunSummary summary) {
		Tags tags = Tags.of("kind", summary.action(), "outcome", summary.exitCode().name().toLowerCase(Locale.ROOT));
		Timer.builder(PREFIX + "run.duration")
			.description("Wall time of executions of runs that this server carried out")
			.tags(tags)
			.register(this.registry)
			.record(Duration.ofNanos((long) (summary.seconds() * TimeUnit.SECONDS.toNanos(1))));
		DistributionSummary.builder(PREFIX + "run.size")
			.baseUnit("bytes")
			.description("Size of the runs that this server carried out")
			.tags(tags)
			.register(this.registry)
			.record(summary.bytes());
		count("objects.copied", "Objects copied", tags, summary.objectsCopied());
		count("objects.reused", "Objects that an earlier execution had copied", tags, summary.objectsReused());
		count("restarts", "Executions that went on with a run", tags, (summary.restarts() > 0) ? 1 : 0);
	}

	private void count(String name, String description, Tags tags, long count) {
		Counter.builder(PREFIX + name).description(description).tags(tags).register(this.registry).increment(count);
	}

	/** Runs that this server carries out now. */
	void inFlight(RunStarter starter) {
		Gauge.builder(PREFIX + "in.flight", starter, RunStarter::inFlight)
			.description("Runs that this server carries out now")
			.register(this.registry);
	}

	/** All requests to object stores. */
	void storage(StoreMetrics storage) {
		request("list", storage.lists());
		request("stat", storage.stats());
		request("get", storage.gets());
		request("put", storage.puts());
		request("copy", storage.copies());
		request("delete", storage.deletes());
		request("other", storage.others());
		bytes("read", storage.bytesRead());
		bytes("written", storage.bytesWritten());
		bytes("copied", storage.bytesCopied());
		FunctionCounter.builder(PREFIX + "storage.retries", storage.retries(), LongAdder::sum)
			.description("Requests to object stores that were repeated because they had failed")
			.register(this.registry);
	}

	private void request(String operation, LongAdder count) {
		FunctionCounter.builder(PREFIX + "storage.requests", count, LongAdder::sum)
			.tags("operation", operation)
			.description("Requests to object stores, repeated ones included")
			.register(this.registry);
	}

	private void bytes(String direction, LongAdder count) {
		FunctionCounter.builder(PREFIX + "storage.bytes", count, LongAdder::sum)
			.tags("direction", direction)
			.baseUnit("bytes")
			.description("Bytes read from, written to, and copied within object stores")
			.register(this.registry);
	}

}
