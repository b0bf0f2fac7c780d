package dev.milvusbackup.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A process, told apart from all others, also from later ones with the same pid.
 *
 * @param host for people
 * @param machine the same for all processes that see each other's pids: on Linux boot and
 * pid namespace, as containers and cloned machines may share a host name
 * @param start when the process began, comparable only on one machine: on Linux in clock
 * ticks since the boot, which no clock adjustment changes
 */
record ProcessIdentity(String host, String machine, long pid, String start) {

	private static final Path PROC = Path.of("/proc");

	// Fields of /proc/<pid>/stat after the command: state is the first, start the 20th.
	private static final int START_FIELD = 19;

	static ProcessIdentity current() {
		return of(ProcessHandle.current().pid());
	}

	/**
	 * A process on this machine.
	 */
	static ProcessIdentity of(long pid) {
		return new ProcessIdentity(hostName(), machineName(), pid, startOf(pid).orElse(""));
	}

	/**
	 * Whether this process is certainly gone, as seen from another one. False when that
	 * cannot be known from there.
	 */
	boolean isGone(ProcessIdentity observer) {
		return this.machine.equals(observer.machine) && !startOf(this.pid).equals(Optional.of(this.start));
	}

	private static Optional<String> startOf(long pid) {
		if (Files.isDirectory(PROC.resolve("self"))) {
			return startOnLinux(pid);
		}
		return ProcessHandle.of(pid)
			.filter(ProcessHandle::isAlive)
			.map(process -> process.info().startInstant().map(Instant::toString).orElse(""));
	}

	private static Optional<String> startOnLinux(long pid) {
		return read(PROC.resolve(Long.toString(pid)).resolve("stat")).flatMap(stat -> {
			String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
			// A killed process stays as a zombie until its parent asks for it.
			boolean dead = "Z".equals(fields[0]) || "X".equals(fields[0]);
			return dead ? Optional.empty() : Optional.of(fields[START_FIELD]);
		});
	}

	private static String hostName() {
		Map<String, String> environment = System.getenv();
		return read(PROC.resolve("sys/kernel/hostname")).orElseGet(
				() -> environment.getOrDefault("HOSTNAME", environment.getOrDefault("COMPUTERNAME", "localhost")));
	}

	private static String machineName() {
		return read(PROC.resolve("sys/kernel/random/boot_id")).map(boot -> boot + " " + pidNamespace())
			.orElseGet(ProcessIdentity::hostName);
	}

	private static String pidNamespace() {
		try {
			return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
		}
		catch (IOException ex) {
			return "";
		}
	}

	// Absent where the system has no such file or the process is gone.
	private static Optional<String> read(Path file) {
		try {
			return Optional.of(Files.readString(file).strip());
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

}
