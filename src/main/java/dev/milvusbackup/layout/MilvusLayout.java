package dev.milvusbackup.layout;

import java.util.Optional;

import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;

/**
 * Keys in the Milvus bucket:
 * {@code <root>/insert_log/<collection>/<partition>/<segment>/<field>/<log>} and
 * {@code <root>/delta_log/<collection>/<partition>/<segment>/<log>}.
 *
 * @param root the storage root path of Milvus, {@link ObjectPrefix#ROOT} for none
 */
public record MilvusLayout(ObjectPrefix root) {

	private static final int INSERT_IDS = 5;

	private static final int DELTA_IDS = 4;

	/**
	 * Everything of that kind of one collection.
	 */
	public ObjectPrefix logs(BinlogKind kind, long collectionId) {
		return this.root.directory(directoryName(kind)).directory(collectionId);
	}

	/**
	 * Where Milvus keeps the object.
	 */
	public ObjectKey key(Segment segment, Binlog binlog) {
		String directory = this.root.value() + directoryName(binlog.kind()) + '/' + segment.collectionId() + '/'
				+ segment.partitionId() + '/' + segment.id() + '/';
		return new ObjectKey(directory + fileName(binlog));
	}

	/**
	 * Reverse of {@link #key}; empty for a key that is no binlog below the root.
	 */
	public Optional<LogLocation> parse(ObjectKey key) {
		if (!this.root.contains(key)) {
			return Optional.empty();
		}
		return KeyParts.of(key.value().substring(this.root.value().length())).flatMap(MilvusLayout::location);
	}

	private static Optional<LogLocation> location(KeyParts parts) {
		long[] ids = parts.ids();
		boolean insert = parts.kind() == BinlogKind.INSERT;
		if (ids.length != (insert ? INSERT_IDS : DELTA_IDS)) {
			return Optional.empty();
		}
		long field = insert ? ids[INSERT_IDS - 2] : 0;
		return Optional.of(new LogLocation(parts.kind(), ids[0], ids[1], ids[2], field, ids[ids.length - 1]));
	}

	/** What follows the segment's directory. */
	static String fileName(Binlog binlog) {
		return (binlog.kind() == BinlogKind.INSERT) ? binlog.fieldId() + "/" + binlog.logId()
				: Long.toString(binlog.logId());
	}

	static String directoryName(BinlogKind kind) {
		return (kind == BinlogKind.INSERT) ? "insert_log" : "delta_log";
	}

	/**
	 * What a key says of its object.
	 *
	 * @param fieldId field or column group of an insert log; 0 for a delta log
	 */
	public record LogLocation(BinlogKind kind, long collectionId, long partitionId, long segmentId, long fieldId,
			long logId) {
	}

}
