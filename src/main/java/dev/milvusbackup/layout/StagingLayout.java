package dev.milvusbackup.layout;

import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;

/**
 * Keys of the temporary copies in the Milvus bucket that a restore needs when the target
 * Milvus cannot read the backup's bucket:
 * {@code restore-temp-<run>-<database>-<collection>/} at the top of the bucket, not below
 * the root path of Milvus, and then as below the backup's directory.
 *
 * @param run id of the restore
 * @param target the collection that is restored to
 */
public record StagingLayout(String run, CollectionName target) {

	/**
	 * Everything that is staged for the collection.
	 */
	public ObjectPrefix directory() {
		return ObjectPrefix.ROOT
			.directory("restore-temp-" + this.run + "-" + this.target.database() + "-" + this.target.name());
	}

	/**
	 * Where an object of the backup is staged.
	 * @throws IllegalArgumentException when the key is not below the backup's directory
	 */
	public ObjectKey key(BackupLayout backup, ObjectKey key) {
		return directory().key(backup.relative(key));
	}

	/**
	 * Where a directory of the backup is staged, as an import is given it.
	 * @throws IllegalArgumentException when the prefix is not below the backup's
	 * directory
	 */
	public ObjectPrefix prefix(BackupLayout backup, ObjectPrefix prefix) {
		String root = backup.directory().value();
		if (!prefix.value().startsWith(root)) {
			throw new IllegalArgumentException("not below " + root + ": '" + prefix + "'");
		}
		return new ObjectPrefix(directory().value() + prefix.value().substring(root.length()));
	}

}
