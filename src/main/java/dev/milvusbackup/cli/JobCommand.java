package dev.milvusbackup.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import dev.milvusbackup.config.NearestName;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.launch.Runs;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Starts and operates jobs as Spring Batch's {@code CommandLineJobOperator} does, by the
 * same services as the other verbs.
 */
@Command(name = "job", aliases = JobCommand.OPTION,
		description = "Starts and operates the jobs as Spring Batch's CommandLineJobOperator does:%n"
				+ "  [start] backup|restore|verify|expire name=value ...%n"
				+ "  restart|stop|recover|abandon <execution>|run=<number>%n"
				+ "Parameters are called as the options of create, restore, verify and expire.",
		sortOptions = false, optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { Help.COMPLETE, Help.FAILED, Help.USAGE, Help.PARTIAL, Help.STOPPED, Help.RUNNING, Help.DAMAGED,
				Help.INCOMPATIBLE, "8:There is no such backup or execution." })
final class JobCommand implements Verb {

	static final String OPTION = "--job";

	private static final String START = "start";

	private static final String RUN = "run=";

	private static final List<String> OPERATIONS = List.of(START, "restart", "stop", "recover", "abandon");

	private static final Map<String, Supplier<Verb>> JOBS = Map.of("backup", CreateCommand::new, "restore",
			RestoreCommand::new, "verify", VerifyCommand::new, "expire", ExpireCommand::new);

	@Parameters(arity = "1..*", paramLabel = "<operation>", hideParamSyntax = true,
			description = "What to do, followed by the job and its parameters, or by the execution.")
	List<String> words = List.of();

	private @Nullable Verb started;

	@Override
	public String backup() {
		return (this.started != null) ? this.started.backup() : "";
	}

	@Override
	public String orderDate() {
		return (this.started != null) ? this.started.orderDate() : "";
	}

	@Override
	public boolean isSilentWhenQuiet() {
		return true;
	}

	@Override
	public String action(String name) {
		return JOBS.containsKey(this.words.get(0)) ? this.words.get(0)
				: (this.words.size() > 1 && JOBS.containsKey(this.words.get(1))) ? this.words.get(1) : name;
	}

	@Override
	public VerbResult run(Session session) {
		String first = this.words.get(0);
		List<String> rest = this.words.subList(1, this.words.size());
		if (JOBS.containsKey(first)) {
			return start(first, rest, session);
		}
		if (!OPERATIONS.contains(first)) {
			throw unknown(first);
		}
		if (rest.isEmpty()) {
			throw new LaunchException(ExitCode.USAGE, "unable to " + first + " a job: which one is not said",
					START.equals(first) ? "name one of " + String.join(", ", jobs())
							: "give an execution, or run=<number>, as status shows them");
		}
		if (START.equals(first)) {
			return start(rest.get(0), rest.subList(1, rest.size()), session);
		}
		if (rest.size() > 1) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to " + first + " '" + rest.get(0) + "': '" + rest.get(1) + "' is too much", null);
		}
		return operate(first, rest.get(0), session);
	}

	private VerbResult start(String job, List<String> parameters, Session session) {
		Supplier<Verb> verb = JOBS.get(job);
		if (verb == null) {
			throw unknown(job);
		}
		this.started = JobParameters.parse(job, parameters).into(verb.get());
		return this.started.run(session);
	}

	private static VerbResult operate(String operation, String what, Session session) {
		if (!what.matches("(" + RUN + ")?\\d{1,18}")) {
			throw new LaunchException(ExitCode.USAGE, "unable to " + operation + " '" + what + "': not an execution",
					"give its number, or run=<number>, as status shows them");
		}
		if ("restart".equals(operation)) {
			RunSummary summary = session.runs((runs, listener) -> {
				long run = runs.operations().find(execution(runs, operation, what), operation).run().id();
				return runs.resume(run, listener);
			});
			return VerbResult.of(summary, summary.message() + "\n" + Session.duration(summary));
		}
		return session.read((runs) -> {
			long execution = execution(runs, operation, what);
			return switch (operation) {
				case "stop" -> result(operation, "told to stop", execution, runs.operations().stop(execution));
				case "recover" -> result(operation, "recovered", execution, runs.operations().recover(execution));
				default -> result(operation, "abandoned", execution, runs.operations().abandon(execution));
			};
		});
	}

	/**
	 * The id of an execution, or of the last one of a run.
	 */
	private static long execution(Runs runs, String verb, String what) {
		if (!what.startsWith(RUN)) {
			return Long.parseLong(what);
		}
		String number = what.substring(RUN.length());
		return runs.lookUp()
			.find(Long.parseLong(number))
			.map(RunDetail::execution)
			.filter((execution) -> execution > 0)
			.orElseThrow(() -> new LaunchException(ExitCode.NOT_FOUND,
					"unable to " + verb + " run '" + number + "': this job repository knows no execution of it",
					"status shows the runs that it knows"));
	}

	private static VerbResult result(String operation, String done, long execution, RunDetail run) {
		String state = run.phase().name().toLowerCase(Locale.ROOT);
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("execution", execution);
		fields.put("run", run.run().id());
		fields.put("backup", run.run().backup());
		fields.put("state", state);
		fields.put("batch_status", run.status());
		return VerbResult.complete(operation,
				done + ": execution " + execution + ", run " + run.run().id() + " is " + state, fields);
	}

	private static LaunchException unknown(String word) {
		List<String> words = new ArrayList<>(OPERATIONS);
		words.addAll(jobs());
		return new LaunchException(ExitCode.USAGE,
				"unable to do '" + word + "': there is no such operation and no such job",
				NearestName.of(word, words)
					.map((nearest) -> "did you mean '" + nearest + "'?")
					.orElse("there are the operations " + String.join(", ", OPERATIONS) + " and the jobs "
							+ String.join(", ", jobs())));
	}

	private static List<String> jobs() {
		return JOBS.keySet().stream().sorted().toList();
	}

}
