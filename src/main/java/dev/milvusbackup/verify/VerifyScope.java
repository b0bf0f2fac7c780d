package dev.milvusbackup.verify;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.ledger.VerifyLedger;
import dev.milvusbackup.storage.ObjectStore;

/**
 * What a run of {@code verify} is about.
 *
 * @param run its number
 * @param deep whether every byte is read
 * @param concurrency objects read at once
 */
public record VerifyScope(long run, ObjectStore store, BackupLayout backup, boolean deep, int concurrency,
		VerifyLedger ledger) {
}
