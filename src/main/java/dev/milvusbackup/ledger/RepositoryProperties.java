package dev.milvusbackup.ledger;

import java.nio.file.Path;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where the job repository is.
 *
 * @param directory of the H2 file, null for PostgreSQL
 * @param url JDBC URL of PostgreSQL, null for H2
 * @param poolSize connections at most, at least 3: a launch lock, a heartbeat and a
 * worker need one each at the same time
 * @param serving whether other processes may use the H2 file through this one while it
 * runs. A process that only reads for a moment turns it off, so that no other depends on
 * it.
 */
public record RepositoryProperties(@Nullable Path directory, @Nullable String url, @Nullable String user,
		@Nullable String password, int poolSize, boolean serving) {

	public static final int DEFAULT_POOL_SIZE = 10;

	private static final int SMALLEST_POOL = 3;

	private static final String POSTGRESQL = "jdbc:postgresql:";

	/**
	 * @throws LedgerException when the combination makes no sense
	 */
	public RepositoryProperties {
		if ((directory == null) == (url == null)) {
			throw new LedgerException("unable to use the job repository: name either a directory or a URL", null, null);
		}
		if (url != null && !url.startsWith(POSTGRESQL)) {
			throw new LedgerException("unable to use the job repository: the URL is not one of PostgreSQL",
					"write it as jdbc:postgresql://host:5432/database, or name a directory for the embedded database",
					null);
		}
		if (poolSize < SMALLEST_POOL) {
			throw new LedgerException("unable to use the job repository: a pool of " + poolSize + " is too small",
					"set at least " + SMALLEST_POOL, null);
		}
	}

	/**
	 * An embedded database in a file.
	 */
	public static RepositoryProperties h2(Path directory) {
		return new RepositoryProperties(directory, null, null, null, DEFAULT_POOL_SIZE, true);
	}

	public static RepositoryProperties postgresql(String url, @Nullable String user, @Nullable String password) {
		return new RepositoryProperties(null, url, user, password, DEFAULT_POOL_SIZE, true);
	}

	public RepositoryProperties withPoolSize(int size) {
		return new RepositoryProperties(this.directory, this.url, this.user, this.password, size, this.serving);
	}

	public RepositoryProperties notServing() {
		return new RepositoryProperties(this.directory, this.url, this.user, this.password, this.poolSize, false);
	}

	/**
	 * The directory below the user's data directory.
	 * @param environment of the process
	 * @param home the user's home directory
	 * @throws LedgerException when there is no such place: the temporary directory would
	 * lose what a restart needs
	 */
	public static Path defaultDirectory(Map<String, String> environment, String home) {
		String data = environment.getOrDefault("XDG_DATA_HOME", "");
		if (!data.isEmpty() && Path.of(data).isAbsolute()) {
			return Path.of(data, "milvus-backup");
		}
		if (home.isEmpty() || !Path.of(home).isAbsolute()) {
			throw new LedgerException("unable to place the job repository: this user has no home directory",
					"name its directory in the configuration, or set XDG_DATA_HOME", null);
		}
		return Path.of(home, ".local", "share", "milvus-backup");
	}

	/**
	 * For people, without secrets.
	 */
	@Override
	public String toString() {
		return (this.directory != null) ? this.directory.toString() : address(String.valueOf(this.url));
	}

	// The query may hold a password, and so may the part before the host.
	private static String address(String url) {
		String base = url.replaceFirst("[?].*", "");
		return base.replaceFirst("//[^/@]*@", "//");
	}

}
