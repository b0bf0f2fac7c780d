package dev.milvusbackup.restore;

import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.model.CollectionName;

/**
 * A collection of the backup that is restored, and as what. The same one may be chosen
 * several times.
 */
record Chosen(CollectionBackup backup, CollectionName target) {

	CollectionName source() {
		return this.backup.collection().name();
	}

	/**
	 * How an operator is told of it.
	 */
	String describe() {
		return source().equals(this.target) ? source().toString() : source() + " (restored as " + this.target + ")";
	}

}
