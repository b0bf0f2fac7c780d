package dev.milvusbackup.ledger;

import java.time.Instant;

/**
 * A backup that a run of {@code expire} deletes.
 *
 * @param state of the backup when it was chosen, as its description's reader names it
 * @param backupId as its description has it, empty when it has none
 * @param reasons why it goes, separated by commas
 * @param objects deleted so far, beside the files that describe it
 * @param problem why it could not be deleted, else empty
 */
public record PlannedExpiry(String backup, String state, String backupId, Instant time, String milvusVersion,
		long bytes, String reasons, boolean deleted, long objects, String problem) {
}
