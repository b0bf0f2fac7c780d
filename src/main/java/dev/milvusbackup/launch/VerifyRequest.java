package dev.milvusbackup.launch;

import dev.milvusbackup.model.BackupName;

/**
 * What {@code verify} is asked for.
 *
 * @param deep whether every byte is read
 */
public record VerifyRequest(BackupName name, boolean deep) {
}
