package dev.milvusbackup.cli;

import java.util.List;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.Runs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which runs of the job repository are meant.
 */
final class RunSelection {

	private static final int NEWEST = 500;

	@Option(names = { "-n", "--name" }, paramLabel = "<name>", description = "Runs of this backup.")
	String name = "";

	@Option(names = "--run", paramLabel = "<number>", description = "This run, as status shows it.")
	@Nullable Long run;

	@Mixin
	private final OrderDateOptions date = new OrderDateOptions();

	boolean isEmpty() {
		return this.name.isEmpty() && this.run == null;
	}

	/**
	 * The backup, empty when none is named.
	 */
	String backup() {
		return this.date.expand("--name", this.name);
	}

	/**
	 * The newest first.
	 * @param verb for the message of an error
	 * @throws LaunchException with exit code 2 when nothing was selected, 8 when there is
	 * no such run
	 */
	List<RunDetail> find(Runs runs, String verb) {
		if (isEmpty()) {
			throw new LaunchException(ExitCode.USAGE, "unable to " + verb + ": which run is not said",
					"name it with --name or --run");
		}
		String expanded = backup();
		List<RunDetail> found = (this.run != null) ? runs.lookUp().find(this.run).stream().toList()
				: runs.lookUp()
					.recent(NEWEST)
					.stream()
					.filter((detail) -> detail.run().backup().equals(expanded))
					.toList();
		if (found.isEmpty()) {
			throw new LaunchException(ExitCode.NOT_FOUND, "unable to " + verb + " '"
					+ ((this.run != null) ? "run " + this.run : expanded) + "': this job repository knows no such run",
					"status shows the runs that it knows");
		}
		return found;
	}

}
