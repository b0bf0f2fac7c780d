package dev.milvusbackup.restore;

import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.TargetProgress;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;

/**
 * A collection to restore.
 *
 * @param collection as in the backup, but under the target's name
 */
record RestoreTarget(Collection collection, PlannedCollection planned, TargetProgress progress) {

	/**
	 * Its own, by which the ledger knows it.
	 */
	long id() {
		return this.planned.collectionId();
	}

	/**
	 * By which the backup knows it; several targets may have it in common.
	 */
	long sourceId() {
		return this.collection.id();
	}

	CollectionName name() {
		return this.collection.name();
	}

	/**
	 * Whether the rows in it are those of this run only.
	 */
	boolean createdByRun() {
		return this.progress.creation() == TargetProgress.Creation.CREATED;
	}

}
