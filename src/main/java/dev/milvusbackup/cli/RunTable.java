package dev.milvusbackup.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.milvusbackup.launch.Runs.RunView;

/**
 * Runs, a line each.
 */
final class RunTable {

	private RunTable() {
	}

	static String of(List<RunView> runs) {
		TextTable table = new TextTable("RUN", "KIND", "BACKUP", "EXECUTION", "STATE", "STEP", "OBJECTS", "BYTES",
				"STARTED", "RESTARTS", "MESSAGE");
		runs.forEach((view) -> table.row(Long.toString(view.run().id()), kind(view), view.run().backup(),
				Long.toString(view.execution()), lower(view.run().state()) + "/" + view.status(), view.step(),
				part(view.progress().objects(), view.progress().totalObjects()),
				part(view.progress().bytes(), view.progress().totalBytes()), view.started().toString(),
				Integer.toString(view.restarts()), view.message()));
		return table.toString();
	}

	/** Where Milvus copies a total may be unknown. */
	private static String part(long done, long total) {
		return done + "/" + ((done > 0 && total == 0) ? "?" : total);
	}

	static Map<String, Object> fields(RunView view) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("run", view.run().id());
		fields.put("kind", kind(view));
		fields.put("backup", view.run().backup());
		fields.put("execution", view.execution());
		fields.put("state", lower(view.run().state()));
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
		return lower(view.run().identity().kind());
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

}
