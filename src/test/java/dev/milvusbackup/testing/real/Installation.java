package dev.milvusbackup.testing.real;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Where the scripts in {@code jobs/lib} have installed the real servers. It is the
 * counterpart of {@code jobs/lib/common.sh}; nothing is installed from here.
 */
final class Installation {

	private Installation() {
	}

	static Path script(String name) {
		return Path.of(System.getProperty("basedir", ""), "jobs", "lib", name).toAbsolutePath();
	}

	/**
	 * The directory of the logs and of the servers' data, below the build directory.
	 */
	static Path workDirectory() {
		return Path.of(System.getProperty("basedir", ""), "target", "it").toAbsolutePath();
	}

	static Path minio() {
		return cache().resolve("bin").resolve("minio");
	}

	/**
	 * @return why the server cannot be started here, or null if it can
	 */
	static @Nullable String missing(String server) {
		if ("postgresql".equals(server)) {
			return missingPostgres();
		}
		if ("chromium".equals(server)) {
			return missingChromium();
		}
		if ("systemd".equals(server)) {
			return missingProgram("systemd-analyze");
		}
		if ("mount".equals(server)) {
			return SmallDisk.missing();
		}
		Path binary = "minio".equals(server) ? minio() : cache().resolve(server).resolve("bin").resolve("milvus");
		if (Files.isExecutable(binary)) {
			return null;
		}
		return "'%s' is not there; install it with jobs/lib/install-real-servers.sh %s".formatted(binary, server);
	}

	/**
	 * Whether the server is among the required ones; {@code milvus} stands for every
	 * version of it.
	 * @param required names, separated by commas
	 */
	static boolean isRequired(String server, String required) {
		String kind = server.startsWith("milvus-") ? "milvus" : server;
		return Arrays.stream(required.split(","))
			.map(String::trim)
			.anyMatch((name) -> name.equals(server) || name.equals(kind));
	}

	private static @Nullable String missingProgram(String name) {
		boolean there = Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, name)));
		return there ? null : "'%s' is not on the path".formatted(name);
	}

	private static @Nullable String missingPostgres() {
		String architecture = "amd64".equals(System.getProperty("os.arch")) ? "x86_64" : "arm_64";
		String archive = "/postgres-linux-%s.txz".formatted(architecture);
		boolean there = Installation.class.getResource(archive) != null;
		return there ? null : "there is no embedded PostgreSQL for this machine ('%s')".formatted(archive);
	}

	/** A package of the system, so it is looked for on the path. */
	static Optional<Path> onPath(String program) {
		return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
			.map((directory) -> Path.of(directory, program))
			.filter(Files::isExecutable)
			.findFirst();
	}

	private static @Nullable String missingChromium() {
		boolean there = onPath("chromium").isPresent() && onPath("chromedriver").isPresent();
		return there ? null : "chromium or chromedriver is not on the path; install chromium and chromium-driver";
	}

	private static Path cache() {
		String own = System.getenv("MILVUS_BACKUP_CACHE");
		if (own != null) {
			return Path.of(own);
		}
		String caches = System.getenv("XDG_CACHE_HOME");
		Path parent = (caches != null) ? Path.of(caches) : Path.of(System.getProperty("user.home"), ".cache");
		return parent.resolve("milvus-backup");
	}

}
