package dev.milvusbackup.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunPhase;
import dev.milvusbackup.launch.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Stops runs of other processes.
 */
@Command(name = "stop", description = "Stops a run of another process; its command ends with exit code 4.",
		sortOptions = false, optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { "0:Nothing runs any more.", "1:It still runs; the same command waits on.", Help.USAGE,
				"8:There is no such run." })
final class StopCommand implements Verb {

	@Mixin
	private final RunSelection selection = new RunSelection();

	@Option(names = "--timeout", paramLabel = "<seconds>",
			description = "How long to wait until it has stopped, 0 for not at all (default: ${DEFAULT-VALUE}).")
	int timeout = 60;

	@Override
	public String backup() {
		return this.selection.name;
	}

	@Override
	public VerbResult run(Session session) {
		return session.read(this::stop);
	}

	private VerbResult stop(Runs runs) {
		Instant deadline = Instant.now().plusSeconds(this.timeout);
		List<Long> stopped = new ArrayList<>();
		List<RunDetail> running = running(runs);
		while (!running.isEmpty()) {
			for (RunDetail run : running) {
				if (Polling.ask(() -> runs.stop(run.run().id())) && !stopped.contains(run.run().id())) {
					stopped.add(run.run().id());
				}
			}
			if (!Instant.now().isBefore(deadline)) {
				break;
			}
			Polling.pause();
			running = running(runs);
		}
		return result(stopped, running);
	}

	private List<RunDetail> running(Runs runs) {
		return Polling.ask(() -> this.selection.find(runs, "stop"))
			.stream()
			.filter((run) -> run.phase() == RunPhase.RUNNING)
			.toList();
	}

	private VerbResult result(List<Long> stopped, List<RunDetail> running) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("told", stopped);
		fields.put("running", running.stream().map((run) -> run.run().id()).toList());
		if (!running.isEmpty() && this.timeout > 0) {
			throw new LaunchException(ExitCode.FAILED,
					"unable to stop run " + running.get(0).run().id() + ": it still runs after "
							+ Duration.ofSeconds(this.timeout).toSeconds() + " s",
					"a large object is copied to its end; run the same command again to wait on");
		}
		String text = stopped.isEmpty() ? "nothing runs" : (running.isEmpty() ? "stopped run " : "told to stop: run ")
				+ String.join(", ", stopped.stream().map(String::valueOf).toList());
		return VerbResult.complete("stop", text, fields);
	}

}
