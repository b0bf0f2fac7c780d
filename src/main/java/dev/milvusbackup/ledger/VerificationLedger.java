package dev.milvusbackup.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * The last verification of each backup. Thread-safe.
 */
public final class VerificationLedger {

	private final LedgerDatabase database;

	public VerificationLedger(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * Replaces what was known of the backup.
	 * @param place of the backups: store address and root path
	 */
	public void put(String place, String backup, Verified verified) {
		String key = KeyDigest.of(place, backup);
		this.database.change("record the verification of '" + backup + "'", jdbc -> {
			jdbc.update("DELETE FROM mb_verification WHERE backup_key = ?", key);
			jdbc.update(
					"INSERT INTO mb_verification (backup_key, place, backup, backup_id, verified_at, deep, objects,"
							+ " problems) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
					key, place, backup, verified.backupId(),
					verified.at().truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC), verified.deep(),
					verified.objects(), verified.problems());
		});
	}

	/**
	 * Forgets a backup that was deleted.
	 */
	public void delete(String place, String backup) {
		this.database.change("forget the verification of '" + backup + "'",
				jdbc -> jdbc.update("DELETE FROM mb_verification WHERE backup_key = ?", KeyDigest.of(place, backup)));
	}

	/**
	 * By the id of the backup: another one of the same name has another.
	 */
	public Map<String, Verified> all(String place) {
		return this.database.read("read the verifications", jdbc -> {
			Map<String, Verified> all = new HashMap<>();
			jdbc.query("SELECT * FROM mb_verification WHERE place = ?",
					(RowCallbackHandler) row -> all.put(row.getString("backup_id"), verified(row)), place);
			return all;
		});
	}

	private static Verified verified(ResultSet row) throws SQLException {
		return new Verified(row.getString("backup_id"), row.getObject("verified_at", OffsetDateTime.class).toInstant(),
				row.getBoolean("deep"), row.getLong("objects"), row.getLong("problems"));
	}

	/**
	 * What a verification found.
	 *
	 * @param backupId as its description has it
	 * @param deep whether every byte was read
	 */
	public record Verified(String backupId, Instant at, boolean deep, long objects, long problems) {
	}

}
