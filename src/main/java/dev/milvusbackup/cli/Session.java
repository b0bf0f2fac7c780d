package dev.milvusbackup.cli;

import java.util.Locale;
import java.util.function.Function;

import dev.milvusbackup.config.Configuration;
import dev.milvusbackup.config.Settings;
import dev.milvusbackup.launch.ProgressListener;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.launch.Runs;

/**
 * What a verb works with: the configuration that was read, the ways out, and stderr.
 */
final class Session {

	private final Configuration configuration;

	private final Connectors connectors;

	private final Surroundings surroundings;

	private final boolean quiet;

	Session(Configuration configuration, Connectors connectors, Surroundings surroundings, boolean quiet) {
		this.configuration = configuration;
		this.connectors = connectors;
		this.surroundings = surroundings;
		this.quiet = quiet;
	}

	Configuration configuration() {
		return this.configuration;
	}

	Settings settings() {
		return this.configuration.settings();
	}

	Connectors connectors() {
		return this.connectors;
	}

	void warn(String warning) {
		this.surroundings.err().println("WARNING: " + warning);
	}

	/** Something worth knowing while all is well. */
	void note(String note) {
		if (!this.quiet) {
			this.surroundings.err().println(note);
		}
	}

	/** Opens the job repository for the time of the work, and shows the progress. */
	<T> T runs(RunsWork<T> work) {
		LogSetup.apply(this.configuration.log(), this.surroundings.err(), this.quiet);
		try (Runs runs = this.connectors.runs().open(settings()); Progress progress = progress()) {
			return work.with(runs, progress);
		}
		finally {
			this.connectors.stores().metrics().log();
		}
	}

	/** Opens the job repository for as long as the work takes. */
	<T> T serve(Function<Runs, T> work) {
		LogSetup.apply(this.configuration.log(), this.surroundings.err(), this.quiet);
		try (Runs runs = this.connectors.runs().open(settings())) {
			return work.apply(runs);
		}
	}

	/**
	 * Reads the job repository for a moment, without other processes coming to depend on
	 * it.
	 */
	<T> T read(Function<Runs, T> work) {
		LogSetup.apply(this.configuration.log(), this.surroundings.err(), this.quiet);
		try (Runs runs = this.connectors.runs().open(settings().forReading())) {
			return work.apply(runs);
		}
	}

	Progress progress() {
		if (this.quiet) {
			return Progress.NONE;
		}
		return this.surroundings.interactive() ? new BarProgress(this.surroundings.err())
				: new LineProgress(this.surroundings.err(), System::nanoTime);
	}

	/** The Go tool's last line. */
	static String duration(RunSummary summary) {
		return String.format(Locale.ROOT, "duration:%.2f s", summary.seconds());
	}

	/**
	 * Uses the runs.
	 */
	@FunctionalInterface
	interface RunsWork<T> {

		T with(Runs runs, ProgressListener listener);

	}

}
