package dev.milvusbackup.layout;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;

/**
 * Keys of one backup (format.md 1 and 7.2).
 *
 * @param root the backup root path
 * @param name the backup
 */
public record BackupLayout(ObjectPrefix root, BackupName name) {

	/**
	 * Everything of this backup.
	 */
	public ObjectPrefix directory() {
		return this.root.directory(this.name.value());
	}

	public ObjectKey meta(MetaFile file) {
		return directory().directory("meta").key(file.fileName());
	}

	/**
	 * Everything that Milvus wrote.
	 */
	public ObjectPrefix binlogs() {
		return directory().directory("binlogs");
	}

	/**
	 * Everything of that kind of one collection.
	 */
	public ObjectPrefix logs(BinlogKind kind, long collectionId) {
		return binlogs().directory(MilvusLayout.directoryName(kind)).directory(collectionId);
	}

	/**
	 * The directory that an import is given: one segment group, or the whole partition
	 * for segments without a group.
	 */
	public ObjectPrefix group(BinlogKind kind, Segment segment) {
		ObjectPrefix partition = logs(kind, segment.collectionId()).directory(segment.partitionId());
		boolean grouped = segment.groupId() != 0 && segment.partitionId() != Partition.ALL;
		return grouped ? partition.directory(segment.groupId()) : partition;
	}

	public ObjectKey key(Segment segment, Binlog binlog) {
		ObjectPrefix directory = group(binlog.kind(), segment).directory(segment.id());
		if (binlog.kind() == BinlogKind.INSERT) {
			directory = directory.directory(binlog.fieldId());
		}
		return directory.key(Long.toString(binlog.logId()));
	}

}
