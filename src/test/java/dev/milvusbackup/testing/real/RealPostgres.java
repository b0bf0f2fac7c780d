package dev.milvusbackup.testing.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A real PostgreSQL on a free port.
 */
public final class RealPostgres implements AutoCloseable {

	private static final String USER = "postgres";

	private final EmbeddedPostgres server;

	private final AtomicInteger databases = new AtomicInteger();

	private RealPostgres(EmbeddedPostgres server) {
		this.server = server;
	}

	public static RealPostgres start() {
		try {
			return new RealPostgres(EmbeddedPostgres.start());
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to start PostgreSQL", ex);
		}
	}

	public String user() {
		return USER;
	}

	/**
	 * Any password is accepted.
	 */
	public String password() {
		return "unused";
	}

	/**
	 * Creates an empty database.
	 * @return its JDBC URL, with the user in it
	 */
	public String newDatabase() {
		String name = "it_" + this.databases.incrementAndGet();
		try (Connection connection = this.server.getPostgresDatabase().getConnection();
				Statement statement = connection.createStatement()) {
			statement.execute("CREATE DATABASE " + name);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("unable to create the database '%s'".formatted(name), ex);
		}
		return this.server.getJdbcUrl(USER, name);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
