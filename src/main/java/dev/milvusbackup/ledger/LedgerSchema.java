package dev.milvusbackup.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/**
 * Applies the scripts of {@code sql/} that the database does not have yet. Several
 * processes may do so at once: one does the work, the others wait for it.
 */
final class LedgerSchema {

	static final List<String> SCRIPTS = List.of("V1__job_repository.sql", "V2__ledger.sql", "V3__run_control.sql",
			"V4__restore_targets.sql", "V5__server.sql", "V6__import_options.sql", "V7__source.sql", "V8__requests.sql",
			"V9__expiry.sql", "V10__snapshots.sql", "V11__verification.sql", "V12__run_notes.sql",
			"V13__snapshot_progress.sql");

	private static final String VERSION_TABLE = "CREATE TABLE IF NOT EXISTS mb_schema (version INT PRIMARY KEY,"
			+ " script VARCHAR NOT NULL, applied_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL)";

	private static final long POSTGRESQL_LOCK = 0x6d696c7675736275L;

	private final DataSource dataSource;

	LedgerSchema(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Idempotent.
	 * @throws LedgerException also a {@link NewerSchemaException}
	 */
	void migrate() {
		try (Connection connection = this.dataSource.getConnection()) {
			if (version(connection) < SCRIPTS.size()) {
				boolean postgresql = "PostgreSQL".equals(connection.getMetaData().getDatabaseProductName());
				if (postgresql) {
					migratePostgresql(connection);
				}
				else {
					migrateH2(connection);
				}
			}
		}
		catch (SQLException | DataAccessException ex) {
			throw DatabaseErrors.unableTo("prepare the job repository 'sql'", ex);
		}
	}

	private static int version(Connection connection) throws SQLException {
		if (number(connection, "SELECT COUNT(*) FROM information_schema.tables"
				+ " WHERE LOWER(table_name) = 'mb_schema' AND table_schema = CURRENT_SCHEMA") == 0) {
			return 0;
		}
		int version = number(connection, "SELECT COALESCE(MAX(version), 0) FROM mb_schema");
		if (version > SCRIPTS.size()) {
			throw new NewerSchemaException(version, SCRIPTS.size());
		}
		return version;
	}

	private static void migratePostgresql(Connection connection) throws SQLException {
		connection.setAutoCommit(false);
		try (Statement statement = connection.createStatement()) {
			statement.execute("SELECT pg_advisory_xact_lock(" + POSTGRESQL_LOCK + ")");
			statement.execute(VERSION_TABLE);
			apply(connection, "postgresql");
			connection.commit();
		}
		finally {
			connection.rollback();
			connection.setAutoCommit(true);
		}
	}

	// H2 commits at each CREATE, so the lock needs a connection of its own.
	private void migrateH2(Connection lock) throws SQLException {
		try (Statement statement = lock.createStatement()) {
			statement.execute("CREATE TABLE IF NOT EXISTS mb_schema_lock (id INT PRIMARY KEY)");
			statement.execute("MERGE INTO mb_schema_lock KEY (id) VALUES (1)");
			lock.setAutoCommit(false);
			statement.execute("SELECT id FROM mb_schema_lock FOR UPDATE");
			try (Connection work = this.dataSource.getConnection(); Statement create = work.createStatement()) {
				create.execute(VERSION_TABLE);
				apply(work, "h2");
			}
		}
		finally {
			lock.rollback();
			lock.setAutoCommit(true);
		}
	}

	private static void apply(Connection connection, String dialect) throws SQLException {
		for (int done = version(connection); done < SCRIPTS.size(); done++) {
			String script = SCRIPTS.get(done);
			ScriptUtils.executeSqlScript(connection,
					new EncodedResource(new ClassPathResource("sql/" + dialect + "/" + script), "UTF-8"));
			try (PreparedStatement insert = connection
				.prepareStatement("INSERT INTO mb_schema (version, script) VALUES (?, ?)")) {
				insert.setInt(1, done + 1);
				insert.setString(2, script);
				insert.executeUpdate();
			}
		}
	}

	private static int number(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet result = statement.executeQuery(sql)) {
			result.next();
			return result.getInt(1);
		}
	}

}
