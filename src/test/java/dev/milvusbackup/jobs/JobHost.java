package dev.milvusbackup.jobs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A directory laid out like a host that runs the jobs, where milvus-backup and java only
 * write down how they were called and end with the next exit code of a list.
 */
public final class JobHost {

	private static final String RECORDER = """
			#!/bin/sh
			printf '%%s\\n' "$@" END >> '%1$s/calls'
			nice > '%1$s/niceness'
			code=$(head -n 1 '%1$s/codes' 2>/dev/null)
			sed -i 1d '%1$s/codes' 2>/dev/null
			echo "told by the program"
			exit "${code:-0}"
			""";

	private final Path root;

	private String output = "";

	public JobHost(Path root) throws IOException {
		this.root = root;
		Path bin = Files.createDirectories(root.resolve("opt/bin"));
		Files.createDirectories(root.resolve("opt/cron"));
		Files.copy(JobFiles.path("cron/again.sh"), root.resolve("opt/cron/again.sh"));
		Files.setPosixFilePermissions(root.resolve("opt/cron/again.sh"), PosixFilePermissions.fromString("rwxr-xr-x"));
		for (String program : List.of("milvus-backup", "java")) {
			Path file = Files.writeString(bin.resolve(program), RECORDER.formatted(root));
			Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
		}
	}

	/**
	 * How the next calls end; those after them end with 0.
	 */
	public void willExit(int... codes) throws IOException {
		StringBuilder lines = new StringBuilder();
		for (int code : codes) {
			lines.append(code).append('\n');
		}
		Files.writeString(this.root.resolve("codes"), lines);
	}

	/**
	 * Runs a command line of a job to its end.
	 * @return the exit code
	 */
	public int run(JobCommand command) throws IOException, InterruptedException {
		Process process = start(command);
		if (!process.waitFor(60, TimeUnit.SECONDS)) {
			process.destroyForcibly();
			throw new AssertionError("still running: " + command);
		}
		this.output = Files.readString(this.root.resolve("output"));
		return process.exitValue();
	}

	/**
	 * Starts a command line of a job.
	 */
	public Process start(JobCommand command) throws IOException {
		String shell = command.shell()
			.replace("/opt/milvus-backup", this.root.resolve("opt").toString())
			.replace("/etc/milvus-backup", JobFiles.path("parameters").toString());
		ProcessBuilder builder = new ProcessBuilder("sh", "-c", shell).redirectErrorStream(true)
			.redirectOutput(this.root.resolve("output").toFile());
		builder.environment().clear();
		builder.environment().putAll(command.environment());
		builder.environment().putAll(Map.of("PATH", this.root.resolve("opt/bin") + ":/usr/bin:/bin"));
		return builder.start();
	}

	/**
	 * What the last command that was run printed.
	 */
	public String output() {
		return this.output;
	}

	/**
	 * By how much the last call gave way to other processes, as nice(1) has it.
	 */
	int niceness() throws IOException {
		return Integer.parseInt(Files.readString(this.root.resolve("niceness")).strip());
	}

	/**
	 * The arguments of each call of the program, without those of java.
	 */
	public List<List<String>> calls() throws IOException {
		return wholeCalls().stream().map(JobHost::withoutJava).toList();
	}

	/**
	 * The arguments of each call, those of java too.
	 */
	public List<List<String>> wholeCalls() throws IOException {
		List<List<String>> calls = new ArrayList<>();
		Path file = this.root.resolve("calls");
		List<String> call = new ArrayList<>();
		for (String argument : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
			if ("END".equals(argument)) {
				calls.add(List.copyOf(call));
				call.clear();
			}
			else {
				call.add(argument);
			}
		}
		return calls;
	}

	private static List<String> withoutJava(List<String> call) {
		int jar = call.indexOf("-jar");
		return (jar < 0) ? call : call.subList(jar + 2, call.size());
	}

}
