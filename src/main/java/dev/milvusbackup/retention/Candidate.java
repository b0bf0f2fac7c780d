package dev.milvusbackup.retention;

import dev.milvusbackup.manifest.DatedBackup;

/**
 * A backup that may expire.
 *
 * @param flaw why it is not a good one although it can be restored, else empty: some
 * collections are missing, or damage was found
 * @param use who needs it at the moment, else empty
 */
public record Candidate(DatedBackup backup, String flaw, String use) {
}
