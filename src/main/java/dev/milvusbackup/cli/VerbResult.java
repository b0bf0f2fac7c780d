package dev.milvusbackup.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.launch.RunSummary.CollectionResult;
import dev.milvusbackup.launch.RunSummary.CollectionResult.Status;
import org.jspecify.annotations.Nullable;

/**
 * What a verb tells.
 *
 * @param text for stdout, empty for nothing
 * @param json the fields of the JSON object
 * @param notes for stderr, a line each
 */
record VerbResult(ExitCode exitCode, String text, Map<String, Object> json, List<String> notes) {

	private static final String ORDER_DATE = "odate";

	/**
	 * The result of a verb that is not a run.
	 */
	static VerbResult complete(String action, String text, Map<String, ?> fields) {
		Map<String, Object> json = head(ExitCode.COMPLETE, action);
		json.putAll(fields);
		json.put("error", null);
		return new VerbResult(ExitCode.COMPLETE, text, json, List.of());
	}

	/**
	 * The end of a verb that did not get as far as a result.
	 * @param verb as on the command line
	 * @param backup empty when it is about none
	 */
	static VerbResult error(String verb, String backup, ExitCode exitCode, BackupException error) {
		String action = "create".equals(verb) ? "backup" : verb;
		RunSummary nothing = new RunSummary(action, exitCode, backup, 0, String.valueOf(error.getMessage()),
				error.hint(), List.of(), 0, 0, 0, 0, 0, 0);
		return of(nothing, "");
	}

	/**
	 * How a run ended.
	 * @param text what stdout says when all is well
	 */
	static VerbResult of(RunSummary summary, String text) {
		boolean complete = summary.exitCode() == ExitCode.COMPLETE;
		Map<String, Object> json = head(summary.exitCode(), summary.action());
		json.put("backup", summary.backup().isEmpty() ? null : summary.backup());
		json.put("run", (summary.run() == 0) ? null : summary.run());
		json.put(ORDER_DATE, null);
		json.put("message", summary.message());
		json.put("notes", summary.notes());
		json.put("collections", collections(summary));
		json.put("rows", summary.rows());
		json.put("bytes", summary.bytes());
		json.put("objects_copied", summary.objectsCopied());
		json.put("objects_reused", summary.objectsReused());
		json.put("seconds", summary.seconds());
		json.put("restarts", summary.restarts());
		json.put("error", complete ? null : error(summary.message(), summary.hint()));
		return new VerbResult(summary.exitCode(), complete ? text : "", json, notes(summary));
	}

	/**
	 * The same result of a run of this order date, empty for none.
	 */
	VerbResult withOrderDate(String date) {
		if (!date.isEmpty() && this.json.containsKey(ORDER_DATE)) {
			this.json.put(ORDER_DATE, date);
		}
		return this;
	}

	/**
	 * The same result; what is not to be printed says nothing as text when all is well.
	 */
	VerbResult printed(boolean print) {
		return (print || this.exitCode != ExitCode.COMPLETE) ? this
				: new VerbResult(this.exitCode, "", this.json, List.of());
	}

	/**
	 * A partial result as a complete one, for schedulers that know only 0 and not 0.
	 */
	VerbResult withoutWarning() {
		if (this.exitCode != ExitCode.PARTIAL) {
			return this;
		}
		this.json.put("exit_code", ExitCode.COMPLETE.code());
		return new VerbResult(ExitCode.COMPLETE, this.text, this.json, this.notes);
	}

	static Map<String, Object> head(ExitCode exitCode, String action) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("status", exitCode.name().toLowerCase(Locale.ROOT));
		json.put("exit_code", exitCode.code());
		json.put("action", action);
		return json;
	}

	static Map<String, Object> error(String message, @Nullable String hint) {
		Map<String, Object> error = new LinkedHashMap<>();
		error.put("message", message);
		error.put("hint", hint);
		return error;
	}

	private static Map<String, Object> collections(RunSummary summary) {
		Map<String, Object> collections = new LinkedHashMap<>();
		collections.put("ok",
				summary.collections()
					.stream()
					.filter((result) -> result.status() == Status.OK)
					.map(CollectionResult::name)
					.toList());
		collections.put("failed", reasons(summary, Status.FAILED));
		collections.put("skipped", reasons(summary, Status.SKIPPED));
		collections.put("notes",
				summary.collections()
					.stream()
					.filter((result) -> !result.note().isEmpty())
					.map((result) -> named(result, "note", result.note()))
					.toList());
		return collections;
	}

	private static List<Map<String, String>> reasons(RunSummary summary, Status status) {
		return summary.collections()
			.stream()
			.filter((result) -> result.status() == status)
			.map((result) -> named(result, "reason", result.reason()))
			.toList();
	}

	/** In this order at every start. */
	private static Map<String, String> named(RunSummary.CollectionResult result, String key, String text) {
		Map<String, String> named = new LinkedHashMap<>();
		named.put("name", result.name());
		named.put(key, text);
		return named;
	}

	private static List<String> notes(RunSummary summary) {
		List<String> notes = new ArrayList<>();
		for (CollectionResult result : summary.collections()) {
			if (result.status() != Status.OK) {
				notes.add(
						result.name() + " " + result.status().name().toLowerCase(Locale.ROOT) + ": " + result.reason());
			}
			else if (!result.note().isEmpty()) {
				notes.add(result.name() + ": " + result.note());
			}
		}
		notes.add(summary.message());
		if (summary.hint() != null) {
			notes.add("HINT: " + summary.hint());
		}
		return notes;
	}

}
