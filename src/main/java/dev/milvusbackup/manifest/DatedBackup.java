package dev.milvusbackup.manifest;

import java.time.Instant;

/**
 * A backup and its age.
 *
 * @param time of a complete backup: up to when it has data, as its description says, else
 * when that was written; of any other: when anything of it was last written
 * @param deleting whether its deletion has begun, so that nobody can use it any more
 */
public record DatedBackup(BackupEntry entry, Instant time, boolean deleting) {
}
