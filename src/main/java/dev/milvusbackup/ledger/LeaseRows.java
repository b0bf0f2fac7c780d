package dev.milvusbackup.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The statements on {@code mb_lease}, one lease a key.
 */
final class LeaseRows {

	// Milliseconds of the database's clock, which all processes share.
	private static final String NOW = "CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)";

	private final LedgerDatabase database;

	LeaseRows(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * @return false when the key has a lease already
	 */
	boolean insert(String key, LeaseOwner owner) {
		try {
			return this.database.write(what("take", key), jdbc -> insert(jdbc, key, owner)) > 0;
		}
		catch (LedgerException ex) {
			if (ex.getCause() instanceof DuplicateKeyException) {
				return false;
			}
			throw ex;
		}
	}

	private static int insert(JdbcTemplate jdbc, String key, LeaseOwner owner) {
		return jdbc.update(
				"INSERT INTO mb_lease (lease_key, subject, owner_id, host, machine, pid, process_start, heartbeat)"
						+ " VALUES (?, ?, ?, ?, ?, ?, ?, " + NOW + ")",
				KeyDigest.of(key), key, owner.id(), owner.host(), owner.machine(), owner.pid(), owner.processStart());
	}

	Optional<LeaseRow> find(String key) {
		return this.database.read(what("read", key), jdbc -> find(jdbc, key));
	}

	/**
	 * Replaces an owner by another when it is still that one.
	 * @return false when another process was faster
	 */
	boolean replace(String key, LeaseOwner before, LeaseOwner owner) {
		return this.database.write(what("take", key),
				jdbc -> jdbc.update(
						"UPDATE mb_lease SET owner_id = ?, host = ?, machine = ?, pid = ?, process_start = ?,"
								+ " heartbeat = " + NOW + " WHERE lease_key = ? AND owner_id = ?",
						owner.id(), owner.host(), owner.machine(), owner.pid(), owner.processStart(), KeyDigest.of(key),
						before.id())) > 0;
	}

	/**
	 * @return false when it is not this owner's any more
	 */
	boolean renew(String key, LeaseOwner owner) {
		return this.database.write(what("renew", key),
				jdbc -> jdbc.update("UPDATE mb_lease SET heartbeat = " + NOW + " WHERE lease_key = ? AND owner_id = ?",
						KeyDigest.of(key), owner.id())) > 0;
	}

	void delete(String key, LeaseOwner owner) {
		this.database.change(what("give back", key), jdbc -> jdbc
			.update("DELETE FROM mb_lease WHERE lease_key = ? AND owner_id = ?", KeyDigest.of(key), owner.id()));
	}

	private static Optional<LeaseRow> find(JdbcTemplate jdbc, String key) {
		return jdbc
			.query("SELECT owner_id, host, machine, pid, process_start, " + NOW + " - heartbeat AS age FROM mb_lease"
					+ " WHERE lease_key = ?", (row, number) -> row(row), KeyDigest.of(key))
			.stream()
			.findFirst();
	}

	private static LeaseRow row(ResultSet row) throws SQLException {
		return new LeaseRow(new LeaseOwner(row.getString("owner_id"), row.getString("host"), row.getString("machine"),
				row.getLong("pid"), row.getString("process_start")), row.getLong("age"));
	}

	private static String what(String verb, String key) {
		return verb + " the lease of '" + key + "'";
	}

	/**
	 * @param age milliseconds since the last heartbeat
	 */
	record LeaseRow(LeaseOwner owner, long age) {
	}

}
