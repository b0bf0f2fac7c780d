package dev.milvusbackup.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunPhase;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.launch.Runs.RunView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Shows the runs of the job repository.
 */
@Command(name = "status", description = "Shows the newest runs that the job repository knows.", sortOptions = false,
		optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { "0:Shown; when waited for: complete.", "1:When waited for: failed or interrupted.",
				"2:Usage or configuration; when waited for: abandoned.", "3:When waited for: partial.",
				"4:When waited for: stopped.", "5:When waited for: it still runs.",
				"6:When waited for: it found damage.", "8:There is no such run." })
final class StatusCommand implements Verb {

	@Mixin
	private final RunSelection selection = new RunSelection();

	@Option(names = "--limit", paramLabel = "<count>", description = "How many runs (default: ${DEFAULT-VALUE}).")
	int limit = 20;

	@Option(names = "--wait", description = "Waits until the newest run of --name, or --run, has ended; then shows it.")
	boolean wait;

	@Option(names = "--timeout", paramLabel = "<seconds>", description = "How long --wait waits (default: for ever).")
	long timeout;

	@Override
	public String backup() {
		return this.selection.name;
	}

	@Override
	public VerbResult run(Session session) {
		if (this.wait || this.selection.run != null) {
			return session.read(this::single);
		}
		List<RunView> runs = session.read((all) -> all.recent(this.selection.isEmpty() ? this.limit : 10_000))
			.stream()
			.filter((view) -> this.selection.isEmpty() || this.selection.backup().equals(view.run().backup()))
			.limit(this.limit)
			.toList();
		return VerbResult.complete("status", RunTable.of(runs),
				Map.of("runs", runs.stream().map(RunTable::fields).toList()));
	}

	private VerbResult single(Runs runs) {
		Instant deadline = (this.timeout > 0) ? Instant.now().plusSeconds(this.timeout) : Instant.MAX;
		long number = this.selection.find(runs, "show").get(0).run().id();
		RunDetail run = runs.lookUp().find(number).orElseThrow();
		while (this.wait && run.phase() == RunPhase.RUNNING && Instant.now().isBefore(deadline)) {
			Polling.pause();
			run = Polling.ask(() -> runs.lookUp().find(number).orElseThrow());
		}
		ExitCode exitCode = this.wait ? exitCode(run.phase()) : ExitCode.COMPLETE;
		Map<String, Object> json = VerbResult.head(exitCode, "status");
		json.put("runs", List.of(fields(run)));
		json.put("error", (exitCode == ExitCode.COMPLETE) ? null : VerbResult.error("the run is " + name(run), null));
		return new VerbResult(exitCode, text(run), json, List.of());
	}

	private static ExitCode exitCode(RunPhase phase) {
		return switch (phase) {
			case COMPLETE -> ExitCode.COMPLETE;
			case PARTIAL -> ExitCode.PARTIAL;
			case STOPPED -> ExitCode.STOPPED;
			case RUNNING -> ExitCode.RUNNING;
			case FAILED, INTERRUPTED -> ExitCode.FAILED;
			case ABANDONED -> ExitCode.USAGE;
			case DAMAGED -> ExitCode.DAMAGED;
		};
	}

	private static String text(RunDetail run) {
		List<String> lines = new ArrayList<>(
				List.of("run " + run.run().id() + ": " + run.run().identity().kind().name().toLowerCase(Locale.ROOT)
						+ " of " + run.run().backup() + ", " + name(run) + ", execution " + run.execution()
						+ (run.message().isEmpty() ? "" : ": " + run.message())));
		TextTable steps = new TextTable("STEP", "STATUS", "STARTED", "ENDED", "MESSAGE");
		run.steps()
			.forEach((step) -> steps.row(step.name(), step.status(), String.valueOf(step.started()),
					(step.ended() != null) ? step.ended().toString() : "", step.message()));
		lines.add(steps.toString());
		run.notes().forEach((note) -> lines.add("NOTE: " + note));
		return String.join("\n", lines);
	}

	private static Map<String, Object> fields(RunDetail run) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("run", run.run().id());
		fields.put("kind", run.run().identity().kind().name().toLowerCase(Locale.ROOT));
		fields.put("backup", run.run().backup());
		fields.put("execution", run.execution());
		fields.put("state", name(run));
		fields.put("status", run.status());
		fields.put("bytes", run.progress().bytesDone());
		fields.put("total_bytes", run.progress().bytes());
		fields.put("objects", run.progress().objectsDone());
		fields.put("total_objects", run.progress().objects());
		fields.put("started", run.started());
		fields.put("ended", run.ended());
		fields.put("restarts", run.restarts());
		fields.put("message", run.message());
		fields.put("notes", run.notes());
		fields.put("steps", run.steps().stream().map((step) -> {
			Map<String, Object> entry = new LinkedHashMap<>();
			entry.put("name", step.name());
			entry.put("status", step.status());
			entry.put("started", step.started());
			entry.put("ended", step.ended());
			entry.put("message", step.message());
			return entry;
		}).toList());
		return fields;
	}

	private static String name(RunDetail run) {
		return run.phase().name().toLowerCase(Locale.ROOT);
	}

}
