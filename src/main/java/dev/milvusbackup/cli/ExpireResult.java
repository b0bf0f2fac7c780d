package dev.milvusbackup.cli;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.ExpireReport;
import dev.milvusbackup.launch.ExpireReport.Outcome;
import dev.milvusbackup.manifest.BackupEntry;

/**
 * What {@code expire} prints.
 */
final class ExpireResult {

	private static final String HINT = "run the same command again";

	private ExpireResult() {
	}

	static VerbResult of(ExpireReport report) {
		boolean complete = report.exitCode() == ExitCode.COMPLETE;
		Map<String, Object> json = VerbResult.head(report.exitCode(), "expire");
		json.put("applied", report.applied());
		json.put("run", (report.run() == 0) ? null : report.run());
		json.put("backups", report.backups().stream().map(ExpireResult::fields).toList());
		json.put("objects_deleted", report.objects());
		json.put("seconds", report.seconds());
		json.put("restarts", report.restarts());
		json.put("error", complete ? null : VerbResult.error(report.message(), HINT));
		return new VerbResult(report.exitCode(), text(report), json, notes(report, complete));
	}

	private static Map<String, Object> fields(Outcome outcome) {
		BackupEntry entry = outcome.verdict().backup().entry();
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("name", entry.name());
		fields.put("state", entry.state().name().toLowerCase(Locale.ROOT));
		fields.put("time", outcome.verdict().backup().time().toString());
		fields.put("bytes", entry.bytes());
		fields.put("expires", outcome.verdict().expires());
		fields.put("reasons", outcome.verdict().reasons());
		fields.put("deleted", outcome.deleted());
		fields.put("problem", outcome.problem().isEmpty() ? null : outcome.problem());
		return fields;
	}

	private static String text(ExpireReport report) {
		if (report.backups().isEmpty()) {
			return "there are no backups";
		}
		TextTable table = new TextTable("BACKUP", "STATE", "TIME", "", "WHY");
		for (Outcome outcome : report.backups()) {
			BackupEntry entry = outcome.verdict().backup().entry();
			table.row(entry.name().value(), entry.state().name().toLowerCase(Locale.ROOT),
					outcome.verdict().backup().time().truncatedTo(ChronoUnit.SECONDS).toString(),
					fate(outcome, report.applied()), String.join(", ", outcome.verdict().reasons()));
		}
		return table.toString();
	}

	private static String fate(Outcome outcome, boolean applied) {
		if (!outcome.verdict().expires()) {
			return "keep";
		}
		return outcome.deleted() ? "deleted" : (applied ? "not deleted" : "would go");
	}

	private static List<String> notes(ExpireReport report, boolean complete) {
		List<String> notes = new ArrayList<>();
		report.backups()
			.stream()
			.filter((outcome) -> !outcome.problem().isEmpty())
			.forEach((outcome) -> notes.add(outcome.problem()));
		if (!complete) {
			notes.add(report.message());
			notes.add("HINT: " + HINT);
		}
		else if (!report.applied()) {
			notes.add("nothing was deleted; add --apply to do it");
		}
		return notes;
	}

}
