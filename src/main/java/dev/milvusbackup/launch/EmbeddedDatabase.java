package dev.milvusbackup.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import dev.milvusbackup.ledger.LedgerException;
import org.h2.api.ErrorCode;
import org.h2.jdbcx.JdbcDataSource;

import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * The H2 file. One process holds it; others connect through that one while it runs, and
 * the next one takes the file over when it ends.
 *
 * H2's own AUTO_SERVER does the same, but insists on closing the database in a JVM
 * shutdown hook: at SIGTERM the jobs could then not record that they stopped.
 */
final class EmbeddedDatabase extends AbstractDataSource implements AutoCloseable {

	// Every commit is on disk before it returns: H2 would otherwise lose half a second.
	// Compressed, the lists of objects shrink to a fifth: cheaper than to write them
	// whole.
	private static final String SETTINGS = ";WRITE_DELAY=0;COMPRESS=TRUE;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";

	private static final long PAUSE_MILLIS = 50;

	// With H2's default a thread that is interrupted while it reads or writes closes the
	// file for all; this one is no slower.
	private static final String FILE_SYSTEM = "async:";

	private final String name;

	private final EmbeddedServer server;

	private final FileUse use;

	private final boolean serving;

	private final Duration patience;

	/**
	 * @param serving whether other processes may connect through this one
	 * @param patience how long to wait for a process that holds the file and does not
	 * serve
	 */
	EmbeddedDatabase(Path directory, boolean serving, Duration patience) {
		prepare(directory);
		Path file = directory.toAbsolutePath().resolve("repository");
		this.name = FILE_SYSTEM + file;
		this.server = new EmbeddedServer(this.name, file.resolveSibling("repository.server"));
		this.use = new FileUse(file.resolveSibling("repository.use"));
		this.serving = serving;
		this.patience = patience;
	}

	/**
	 * Who is in the middle of something in this file; closed by the caller, after the
	 * last connection.
	 */
	FileUse use() {
		return this.use;
	}

	/**
	 * Whether other processes may be connected through this one.
	 */
	boolean serves() {
		return this.server.started();
	}

	private static void prepare(Path directory) {
		try {
			Files.createDirectories(directory);
			if (!Files.isWritable(directory)) {
				throw new IOException("no right to write");
			}
		}
		catch (IOException ex) {
			throw new LedgerException("unable to use the job repository '" + directory + "': " + ex,
					"make it a directory that this user can write to, or name another one", ex);
		}
	}

	@Override
	public synchronized Connection getConnection() throws SQLException {
		long deadline = System.nanoTime() + this.patience.toNanos();
		while (true) {
			try {
				return open();
			}
			catch (SQLException ex) {
				if (ex.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1 || System.nanoTime() > deadline) {
					throw ex;
				}
				pause();
			}
		}
	}

	private Connection open() throws SQLException {
		try {
			return hold();
		}
		catch (SQLException ex) {
			String address = (ex.getErrorCode() == ErrorCode.DATABASE_ALREADY_OPEN_1) ? this.server.address() : null;
			if (address == null) {
				throw ex;
			}
			return connectToOther(address, ex);
		}
	}

	private Connection hold() throws SQLException {
		Connection connection = connect("jdbc:h2:" + this.name + SETTINGS);
		try {
			if (this.serving) {
				this.server.start();
			}
			return connection;
		}
		catch (SQLException ex) {
			connection.close();
			throw ex;
		}
	}

	// The other process may have ended since: then its file is free in a moment.
	private static Connection connectToOther(String address, SQLException occupied) throws SQLException {
		try {
			return connect("jdbc:h2:tcp:" + address + ";LOCK_TIMEOUT=10000");
		}
		catch (SQLException ex) {
			occupied.addSuppressed(ex);
			throw occupied;
		}
	}

	private static Connection connect(String url) throws SQLException {
		JdbcDataSource h2 = new JdbcDataSource();
		h2.setURL(url);
		h2.setUser("sa");
		h2.setPassword("");
		return h2.getConnection();
	}

	private static void pause() throws SQLException {
		try {
			Thread.sleep(PAUSE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new SQLException("interrupted while waiting for the job repository", ex);
		}
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

	/**
	 * So long the pool waits for its threads when it closes.
	 */
	@Override
	public int getLoginTimeout() {
		return (int) Math.max(1, this.patience.toSeconds());
	}

	@Override
	public void close() {
		this.server.close();
	}

}
