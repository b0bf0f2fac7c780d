package dev.milvusbackup.testing.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * One real PostgreSQL for all tests of a JVM; it ends with the JVM.
 */
public final class PostgresServer {

	private final EmbeddedPostgres server;

	private PostgresServer(EmbeddedPostgres server) {
		this.server = server;
	}

	public static PostgresServer instance() {
		return Holder.INSTANCE;
	}

	/**
	 * Creates an empty schema, which is faster than a database.
	 * @return its JDBC URL for the user {@code postgres}, who needs no password
	 */
	public String createSchema() {
		String name = "t" + UUID.randomUUID().toString().replace("-", "");
		try (Connection connection = this.server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE SCHEMA " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
		return "jdbc:postgresql://localhost:" + this.server.getPort() + "/postgres?currentSchema=" + name;
	}

	private static final class Holder {

		static final PostgresServer INSTANCE = start();

		private static PostgresServer start() {
			try {
				return new PostgresServer(EmbeddedPostgres.builder().setServerConfig("fsync", "off").start());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
