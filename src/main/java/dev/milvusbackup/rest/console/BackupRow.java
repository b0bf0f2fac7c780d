package dev.milvusbackup.rest.console;

import java.util.List;

import dev.milvusbackup.ledger.VerificationLedger.Verified;
import dev.milvusbackup.manifest.BackupEntry;
import org.jspecify.annotations.Nullable;

/**
 * A backup as the pages show it.
 *
 * @param collections null when unknown
 * @param verified null for never
 */
public record BackupRow(BackupEntry entry, @Nullable List<CollectionRow> collections, @Nullable Verified verified) {

	/**
	 * Whether it can be restored.
	 */
	public boolean isComplete() {
		return this.entry.state() == BackupEntry.State.COMPLETE;
	}

	/**
	 * A collection in a backup.
	 *
	 * @param name {@code database.collection}
	 */
	public record CollectionRow(String name, long bytes, boolean indexed) {
	}

}
