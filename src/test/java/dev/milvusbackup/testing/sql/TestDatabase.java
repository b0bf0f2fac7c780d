package dev.milvusbackup.testing.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.util.FileSystemUtils;

/**
 * An empty database with a pool, gone when closed.
 */
public final class TestDatabase implements AutoCloseable {

	private final HikariDataSource dataSource;

	private final Path directory;

	private TestDatabase(String url, String user, Path directory) {
		this.dataSource = new HikariDataSource();
		this.dataSource.setJdbcUrl(url);
		this.dataSource.setUsername(user);
		this.dataSource.setMinimumIdle(1);
		this.dataSource.setConnectionTimeout(5000);
		this.directory = directory;
	}

	public static TestDatabase open(DatabaseKind kind) {
		try {
			Path directory = Files.createTempDirectory("test-database");
			return switch (kind) {
				case H2_MEMORY -> new TestDatabase("jdbc:h2:mem:" + UUID.randomUUID(), "sa", directory);
				case H2_FILE ->
					new TestDatabase("jdbc:h2:file:" + directory.resolve("file") + ";WRITE_DELAY=0", "sa", directory);
				case POSTGRESQL -> new TestDatabase(PostgresServer.instance().createSchema(), "postgres", directory);
			};
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public HikariDataSource dataSource() {
		return this.dataSource;
	}

	@Override
	public void close() {
		this.dataSource.close();
		try {
			FileSystemUtils.deleteRecursively(this.directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
