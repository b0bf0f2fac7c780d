package dev.milvusbackup.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.milvusbackup.launch.Runs.RunView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Shows the runs of the job repository.
 */
@Command(name = "status", description = "Shows the newest runs that the job repository knows.", sortOptions = false,
		optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { Help.COMPLETE, Help.FAILED, Help.USAGE })
final class StatusCommand implements Verb {

	@Option(names = { "-n", "--name" }, paramLabel = "<name>", description = "Only runs of this backup.")
	String name = "";

	@Option(names = "--limit", paramLabel = "<count>", description = "How many runs (default: ${DEFAULT-VALUE}).")
	int limit = 20;

	@Override
	public VerbResult run(Session session) {
		List<RunView> runs = session.read((all) -> all.recent(this.limit))
			.stream()
			.filter((view) -> this.name.isEmpty() || this.name.equals(view.run().backup()))
			.toList();
		TextTable table = new TextTable("RUN", "KIND", "BACKUP", "STATE", "STEP", "OBJECTS", "BYTES", "STARTED",
				"RESTARTS", "MESSAGE");
		runs.forEach((view) -> table.row(Long.toString(view.run().id()), kind(view), view.run().backup(), state(view),
				view.step(), view.progress().objects() + "/" + view.progress().totalObjects(),
				view.progress().bytes() + "/" + view.progress().totalBytes(), view.started().toString(),
				Integer.toString(view.restarts()), view.message()));
		return VerbResult.complete("status", table.toString(),
				Map.of("runs", runs.stream().map(StatusCommand::fields).toList()));
	}

	private static Map<String, Object> fields(RunView view) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("run", view.run().id());
		fields.put("kind", kind(view));
		fields.put("backup", view.run().backup());
		fields.put("state", view.run().state().name().toLowerCase(Locale.ROOT));
		fields.put("status", view.status());
		fields.put("step", view.step());
		fields.put("bytes", view.progress().bytes());
		fields.put("total_bytes", view.progress().totalBytes());
		fields.put("objects", view.progress().objects());
		fields.put("total_objects", view.progress().totalObjects());
		fields.put("started", view.started());
		fields.put("restarts", view.restarts());
		fields.put("message", view.message());
		return fields;
	}

	private static String kind(RunView view) {
		return view.run().identity().kind().name().toLowerCase(Locale.ROOT);
	}

	private static String state(RunView view) {
		return view.run().state().name().toLowerCase(Locale.ROOT) + "/" + view.status();
	}

}
