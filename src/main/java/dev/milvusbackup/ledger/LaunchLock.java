package dev.milvusbackup.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

import org.springframework.dao.DuplicateKeyException;

/**
 * Lets one process at a time look at a job instance and launch it: Spring Batch itself
 * lets several restart one instance at once. Held in the database by an open transaction,
 * so that it ends with the process. Thread-safe.
 */
public final class LaunchLock {

	private static final long PAUSE_MILLIS = 50;

	private final LedgerDatabase database;

	public LaunchLock(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * Waits for the lock. It pins a connection of the pool until it is closed, which is
	 * to be done as soon as the new execution is in the job repository.
	 * @param patience how long to wait for another holder
	 * @throws LedgerException also when the patience ends
	 */
	public Launch acquire(String instance, Duration patience) {
		String what = "launch '" + instance + "'";
		long deadline = System.nanoTime() + patience.toNanos();
		try {
			insert(instance, what);
			Connection connection = this.database.dataSource().getConnection();
			try {
				connection.setAutoCommit(false);
				while (!lock(connection, instance)) {
					pause(what, deadline);
				}
				return new Launch(connection, what);
			}
			catch (SQLException | RuntimeException ex) {
				connection.close();
				throw ex;
			}
		}
		catch (SQLException ex) {
			throw DatabaseErrors.unableTo(what, ex);
		}
	}

	private void insert(String instance, String what) {
		String key = KeyDigest.of(instance);
		Integer there = this.database.read(what, jdbc -> jdbc
			.queryForObject("SELECT COUNT(*) FROM mb_launch_lock WHERE lock_key = ?", Integer.class, key));
		if (there != null && there > 0) {
			return;
		}
		try {
			this.database.change(what,
					jdbc -> jdbc.update("INSERT INTO mb_launch_lock (lock_key, subject) VALUES (?, ?)", key, instance));
		}
		catch (LedgerException ex) {
			// Another process may have put the row there at the same time.
			if (!(ex.getCause() instanceof DuplicateKeyException)) {
				throw ex;
			}
		}
	}

	private static boolean lock(Connection connection, String instance) throws SQLException {
		try (PreparedStatement select = connection
			.prepareStatement("SELECT lock_key FROM mb_launch_lock WHERE lock_key = ? FOR UPDATE SKIP LOCKED")) {
			select.setString(1, KeyDigest.of(instance));
			if (select.executeQuery().next()) {
				return true;
			}
		}
		connection.rollback();
		return false;
	}

	private static void pause(String what, long deadline) {
		if (System.nanoTime() > deadline) {
			throw new LedgerException("unable to " + what + ": another process is launching it", "try again", null);
		}
		try {
			Thread.sleep(PAUSE_MILLIS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LedgerException("unable to " + what + ": interrupted while waiting", null, ex);
		}
	}

	/**
	 * The lock while it is held. Closing twice is harmless.
	 */
	public static final class Launch implements AutoCloseable {

		private final Connection connection;

		private final String what;

		private Launch(Connection connection, String what) {
			this.connection = connection;
			this.what = what;
		}

		@Override
		public synchronized void close() {
			try (this.connection) {
				if (!this.connection.isClosed()) {
					this.connection.rollback();
					this.connection.setAutoCommit(true);
				}
			}
			catch (SQLException ex) {
				throw DatabaseErrors.unableTo(this.what, ex);
			}
		}

	}

}
