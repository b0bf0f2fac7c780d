package dev.milvusbackup.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a scheduler hands to a shell, with the scheduler's own variables filled in.
 *
 * @param source the file, and the job in it
 * @param shell for {@code sh -c}
 * @param environment variables that the scheduler sets
 */
public record JobCommand(String source, String shell, Map<String, String> environment) {

	/** The order date of all commands. */
	public static final String DATE = "20261127";

	private static final Pattern COMMAND = Pattern.compile("(?m)^command: (.*)$");

	private static final Pattern EXEC = Pattern.compile("(?m)^ExecStart=(.*)$");

	/**
	 * Those of all files.
	 */
	public static List<JobCommand> all() {
		return Stream.of(controlM(), autosys(), cron(), systemd(), kubernetes()).flatMap(List::stream).toList();
	}

	private static List<JobCommand> controlM() {
		List<JobCommand> commands = new ArrayList<>();
		JsonNode file = JsonMapper.shared().readTree(JobFiles.text("control-m/milvus-backup.json"));
		for (String command : file.findValuesAsString("Command")) {
			commands.add(new JobCommand("control-m", command.replace("%%$ODATE", DATE), Map.of()));
		}
		return commands;
	}

	private static List<JobCommand> autosys() {
		return find(COMMAND, JobFiles.text("autosys/milvus-backup.jil"))
			.filter((command) -> !command.startsWith("sendevent"))
			.map((command) -> new JobCommand("autosys", command.replace("$$MILVUS_ODATE", DATE), Map.of()))
			.toList();
	}

	private static List<JobCommand> cron() {
		return JobFiles.text("cron/milvus-backup")
			.lines()
			.filter((line) -> line.matches("[0-9*].*"))
			.map((line) -> line.split("\\s+", 7)[6].replace("\\%", "%"))
			.map((command) -> new JobCommand("cron", command, Map.of()))
			.toList();
	}

	private static List<JobCommand> systemd() {
		List<JobCommand> commands = new ArrayList<>();
		for (String timer : JobFiles.in("systemd").stream().filter((name) -> name.endsWith(".timer")).toList()) {
			String unit = timer.replaceAll(".*/(.*)\\.timer", "$1");
			String instance = unit.contains("@") ? unit.substring(unit.indexOf('@') + 1) : "";
			String file = "systemd/" + unit.replaceAll("@.*", "@") + ".service";
			find(EXEC, JobFiles.text(file))
				.map((exec) -> exec.replace("%i", instance).replace("%%", "%").replace("$$", "$"))
				.forEach((exec) -> commands.add(new JobCommand(timer, exec, Map.of())));
		}
		return commands;
	}

	private static List<JobCommand> kubernetes() {
		List<JobCommand> commands = new ArrayList<>();
		for (String name : JobFiles.in("kubernetes").stream().filter((file) -> file.contains("job-")).toList()) {
			for (Map<?, ?> container : containers(new Yaml().load(JobFiles.text(name)))) {
				// 2026-11-27 01:00 UTC in minutes
				Map<String, String> environment = Map.of("JOB_NAME", "milvus-nightly-29929020", "BACKUP",
						"nightly_" + DATE);
				commands
					.add(new JobCommand(name, String.valueOf(((List<?>) container.get("args")).get(0)), environment));
			}
		}
		return commands;
	}

	private static List<Map<?, ?>> containers(Object node) {
		List<Map<?, ?>> found = new ArrayList<>();
		if (node instanceof Map<?, ?> map) {
			if (map.get("containers") instanceof List<?> list) {
				list.forEach((container) -> found.add((Map<?, ?>) container));
			}
			map.values().forEach((value) -> found.addAll(containers(value)));
		}
		return found;
	}

	private static Stream<String> find(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
	}

	@Override
	public String toString() {
		return this.source + ": " + this.shell;
	}

}
