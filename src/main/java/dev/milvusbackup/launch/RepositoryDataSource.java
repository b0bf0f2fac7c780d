package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.milvusbackup.ledger.DatabaseErrors;
import dev.milvusbackup.ledger.LedgerException;
import dev.milvusbackup.ledger.RepositoryProperties;
import org.h2.api.ErrorCode;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The pool of connections to the job repository. Closing it ends them.
 */
final class RepositoryDataSource extends DelegatingDataSource implements AutoCloseable {

	// An unreachable server is reported after this; the operator waits for it.
	private static final long CONNECT_MILLIS = 10_000;

	private static final String TRUSTED = "com.zaxxer.hikari.aliveBypassWindowMs";

	private static final Duration FILE_PATIENCE = Duration.ofSeconds(8);

	// So long others may finish what they do through this process before it leaves.
	private static final Duration FAREWELL = Duration.ofSeconds(10);

	private final HikariDataSource pool;

	private final @Nullable EmbeddedDatabase embedded;

	private RepositoryDataSource(HikariDataSource pool, @Nullable EmbeddedDatabase embedded) {
		super(pool);
		this.pool = pool;
		this.embedded = embedded;
	}

	/**
	 * @throws LedgerException when the database cannot be used
	 */
	static RepositoryDataSource open(RepositoryProperties properties) {
		HikariConfig config = new HikariConfig();
		config.setPoolName("job-repository");
		config.setMaximumPoolSize(properties.poolSize());
		config.setMinimumIdle(1);
		config.setConnectionTimeout(CONNECT_MILLIS);
		EmbeddedDatabase embedded = null;
		Path directory = properties.directory();
		if (directory != null) {
			embedded = new EmbeddedDatabase(directory, properties.serving(), FILE_PATIENCE);
			config.setDataSource(embedded);
			config.setExceptionOverride(new BrokenConnections());
			validateAlways();
		}
		else {
			usePostgresql(config, properties);
		}
		return new RepositoryDataSource(connect(config, properties, embedded), embedded);
	}

	@Override
	public Connection getConnection() throws SQLException {
		return (this.embedded != null) ? used(this.embedded.use()) : super.getConnection();
	}

	private Connection used(FileUse use) throws SQLException {
		use.begin();
		Connection connection = null;
		try {
			connection = super.getConnection();
			return UsedConnection.of(connection, use::end);
		}
		finally {
			if (connection == null) {
				use.end();
			}
		}
	}

	/**
	 * The process through which a connection goes may end at any time. Hikari trusts a
	 * connection for half a second after its last use otherwise, and has no other way to
	 * say so.
	 */
	private static void validateAlways() {
		if (System.getProperty(TRUSTED) == null) {
			System.setProperty(TRUSTED, "0");
		}
	}

	private static void usePostgresql(HikariConfig config, RepositoryProperties properties) {
		config.setJdbcUrl(Objects.requireNonNull(properties.url()));
		config.setUsername(properties.user());
		config.setPassword(properties.password());
		// The URL wins over these.
		config.addDataSourceProperty("ApplicationName", "milvus-backup");
		config.addDataSourceProperty("reWriteBatchedInserts", "true");
		config.addDataSourceProperty("tcpKeepAlive", "true");
		config.addDataSourceProperty("connectTimeout", "10");
		// A server that vanished without a word must not hang a backup for ever.
		config.addDataSourceProperty("socketTimeout", "120");
	}

	private static HikariDataSource connect(HikariConfig config, RepositoryProperties properties,
			@Nullable EmbeddedDatabase embedded) {
		if (embedded == null) {
			return connect(config, properties);
		}
		embedded.use().begin();
		try {
			return connect(config, properties);
		}
		finally {
			embedded.use().end();
		}
	}

	private static HikariDataSource connect(HikariConfig config, RepositoryProperties properties) {
		try {
			return new HikariDataSource(config);
		}
		catch (PoolInitializationException ex) {
			throw DatabaseErrors.unableTo("open the job repository '" + properties + "'", ex);
		}
	}

	@Override
	public void close() {
		if (this.embedded == null) {
			this.pool.close();
			return;
		}
		if (this.embedded.serves()) {
			this.embedded.use().leave(FAREWELL);
		}
		// Before the file is free: the next holder announces itself in the same place.
		this.embedded.close();
		this.pool.close();
		this.embedded.use().close();
	}

	/**
	 * The pool knows the SQL states of other databases only.
	 */
	private static final class BrokenConnections implements SQLExceptionOverride {

		@java.lang.Override
		public Override adjudicate(SQLException error) {
			return switch (error.getErrorCode()) {
				case ErrorCode.CONNECTION_BROKEN_1, ErrorCode.DATABASE_IS_CLOSED,
						ErrorCode.DATABASE_CALLED_AT_SHUTDOWN ->
					Override.MUST_EVICT;
				default -> Override.CONTINUE_EVICT;
			};
		}

	}

}
