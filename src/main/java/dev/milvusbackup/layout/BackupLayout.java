package dev.milvusbackup.layout;

import java.util.Optional;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;

/**
 * Keys of one backup: {@code <root>/<name>/meta/…} and {@code <root>/<name>/binlogs/…},
 * below which they are as in the Milvus bucket, with a level for the segment group
 * between partition and segment. Collection-wide deletes have no group, and neither have
 * small partitions of releases up to v0.4.3.
 *
 * @param root the backup root path
 * @param name the backup
 */
public record BackupLayout(ObjectPrefix root, BackupName name) {

	private static final int INSERT_IDS = 5;

	private static final int DELTA_IDS = 4;

	/**
	 * Everything of this backup.
	 */
	public ObjectPrefix directory() {
		return this.root.directory(this.name.value());
	}

	/**
	 * Everything that describes the backup.
	 */
	public ObjectPrefix meta() {
		return directory().directory("meta");
	}

	/**
	 * One of the files that describe it.
	 */
	public ObjectKey meta(MetaFile file) {
		return meta().key(file.fileName());
	}

	/**
	 * Everything that Milvus wrote.
	 */
	public ObjectPrefix binlogs() {
		return directory().directory("binlogs");
	}

	/**
	 * Everything that Milvus exported of snapshots.
	 */
	public ObjectPrefix bundle() {
		return directory().directory("bundle");
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
		return isGrouped(segment) ? partition.directory(segment.groupId()) : partition;
	}

	/**
	 * Everything of that kind of one segment.
	 */
	public ObjectPrefix segment(BinlogKind kind, Segment segment) {
		return group(kind, segment).directory(segment.id());
	}

	/**
	 * Where the backup keeps the object.
	 */
	public ObjectKey key(Segment segment, Binlog binlog) {
		String group = isGrouped(segment) ? segment.groupId() + "/" : "";
		String directory = this.root.value() + this.name.value() + "/binlogs/"
				+ MilvusLayout.directoryName(binlog.kind()) + '/' + segment.collectionId() + '/' + segment.partitionId()
				+ '/' + group + segment.id() + '/';
		return new ObjectKey(directory + MilvusLayout.fileName(binlog));
	}

	/**
	 * Reverse of {@link #key}, with and without a group; empty for a key that is no
	 * binlog of this backup.
	 */
	public Optional<Location> parse(ObjectKey key) {
		if (!binlogs().contains(key)) {
			return Optional.empty();
		}
		return KeyParts.of(key.value().substring(binlogs().value().length())).flatMap(BackupLayout::location);
	}

	/**
	 * A key below {@link #directory()} without the directory.
	 * @throws IllegalArgumentException when the key is not below it
	 */
	public String relative(ObjectKey key) {
		String start = this.root.value() + this.name.value() + "/";
		if (!key.value().startsWith(start)) {
			throw new IllegalArgumentException("not below " + start + ": '" + key + "'");
		}
		return key.value().substring(start.length());
	}

	private static boolean isGrouped(Segment segment) {
		return segment.groupId() != 0 && segment.partitionId() != Partition.ALL;
	}

	private static Optional<Location> location(KeyParts parts) {
		long[] ids = parts.ids();
		boolean insert = parts.kind() == BinlogKind.INSERT;
		int groupLevels = ids.length - (insert ? INSERT_IDS : DELTA_IDS);
		boolean groupAllowed = groupLevels == 0 || (groupLevels == 1 && !parts.ofWholeCollection());
		if (groupLevels < 0 || !groupAllowed) {
			return Optional.empty();
		}
		long group = (groupLevels == 1) ? ids[2] : 0;
		long field = insert ? ids[ids.length - 2] : 0;
		return Optional.of(new Location(group, new MilvusLayout.LogLocation(parts.kind(), ids[0], ids[1],
				ids[2 + groupLevels], field, ids[ids.length - 1])));
	}

	/**
	 * What a key says of its object.
	 *
	 * @param groupId directory level above the segment, 0 for none
	 * @param log what the key says in the Milvus bucket too
	 */
	public record Location(long groupId, MilvusLayout.LogLocation log) {
	}

}
