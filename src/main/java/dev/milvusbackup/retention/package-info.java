/**
 * Decides which backups are old enough to go, and deletes them as a job. Knows no server,
 * and only by {@link BackupGuard} who needs a backup.
 */
@NullMarked
package dev.milvusbackup.retention;

import org.jspecify.annotations.NullMarked;
