package dev.milvusbackup.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.VerifyReport;
import dev.milvusbackup.launch.VerifyRequest;
import dev.milvusbackup.model.BackupName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Compares a backup with its description.
 */
@Command(name = "verify",
		description = "Verifies that everything a backup describes is there and undamaged,%nor goes on with an unfinished verification.",
		sortOptions = false, optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { Help.COMPLETE, Help.FAILED, Help.USAGE, Help.STOPPED, Help.RUNNING, Help.DAMAGED,
				Help.INCOMPATIBLE, Help.NOT_FOUND })
final class VerifyCommand implements Verb {

	@Option(names = { "-n", "--name" }, required = true, paramLabel = "<name>", description = "Name of the backup.")
	String name = "";

	@Option(names = "--deep", description = "Reads every byte.")
	boolean deep;

	@Mixin
	private final OrderDateOptions date = new OrderDateOptions();

	@Override
	public String backup() {
		return this.name;
	}

	@Override
	public boolean isSilentWhenQuiet() {
		return true;
	}

	@Override
	public String orderDate() {
		return this.date.normalised();
	}

	@Override
	public VerbResult run(Session session) {
		this.name = this.date.expand("--name", this.name);
		BackupName backup = new BackupName(this.name);
		VerifyReport report = session
			.runs((runs, listener) -> runs.verify(new VerifyRequest(backup, this.deep), listener));
		return new VerbResult(report.exitCode(), text(report), fields(report), notes(report));
	}

	private static String text(VerifyReport report) {
		return (report.exitCode() != ExitCode.COMPLETE) ? ""
				: String.format(Locale.ROOT, "verify backup success%n%d objects, %d bytes%nduration:%.2f s",
						report.objects(), report.bytes(), report.seconds());
	}

	private static List<String> notes(VerifyReport report) {
		List<String> notes = new ArrayList<>();
		report.problems().forEach((problem) -> notes.add(problem.key() + ": " + problem.what()));
		if (report.exitCode() != ExitCode.COMPLETE) {
			notes.add(report.message());
			notes.add("HINT: " + report.hint());
		}
		return notes;
	}

	private static Map<String, Object> fields(VerifyReport report) {
		Map<String, Object> fields = VerbResult.head(report.exitCode(), "verify");
		fields.put("backup", report.backup());
		fields.put("run", report.run());
		fields.put("deep", report.deep());
		fields.put("objects", report.objects());
		fields.put("objects_hashed", report.hashed());
		fields.put("bytes", report.bytes());
		fields.put("seconds", report.seconds());
		fields.put("restarts", report.restarts());
		fields.put("problem_count", report.problemCount());
		fields.put("problems", report.problems().stream().map((problem) -> {
			Map<String, Object> entry = new LinkedHashMap<>();
			entry.put("key", problem.key());
			entry.put("what", problem.what());
			return entry;
		}).toList());
		fields.put("error",
				(report.exitCode() == ExitCode.COMPLETE) ? null : VerbResult.error(report.message(), report.hint()));
		return fields;
	}

}
