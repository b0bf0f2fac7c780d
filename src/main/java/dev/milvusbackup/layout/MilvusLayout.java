package dev.milvusbackup.layout;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;

/**
 * Keys in the Milvus bucket (format.md 7.1).
 *
 * @param root the storage root path of Milvus, {@link ObjectPrefix#ROOT} for none
 */
public record MilvusLayout(ObjectPrefix root) {

	private static final Pattern INSERT = Pattern.compile("insert_log/(\\d+)/(\\d+)/(\\d+)/(\\d+)/(\\d+)");

	private static final Pattern DELTA = Pattern.compile("delta_log/(\\d+)/(-1|\\d+)/(\\d+)/(\\d+)");

	/**
	 * Everything of that kind of one collection.
	 */
	public ObjectPrefix logs(BinlogKind kind, long collectionId) {
		return this.root.directory(directoryName(kind)).directory(collectionId);
	}

	public ObjectKey key(Segment segment, Binlog binlog) {
		ObjectPrefix directory = logs(binlog.kind(), segment.collectionId()).directory(segment.partitionId())
			.directory(segment.id());
		if (binlog.kind() == BinlogKind.INSERT) {
			directory = directory.directory(binlog.fieldId());
		}
		return directory.key(Long.toString(binlog.logId()));
	}

	/**
	 * Reverse of {@link #key}; empty for a key that is no binlog below the root.
	 */
	public Optional<LogLocation> parse(ObjectKey key) {
		if (!this.root.contains(key)) {
			return Optional.empty();
		}
		String path = key.value().substring(this.root.value().length());
		Matcher insert = INSERT.matcher(path);
		if (insert.matches()) {
			return Optional.of(new LogLocation(BinlogKind.INSERT, id(insert, 1), id(insert, 2), id(insert, 3),
					id(insert, 4), id(insert, 5)));
		}
		Matcher delta = DELTA.matcher(path);
		return delta.matches()
				? Optional
					.of(new LogLocation(BinlogKind.DELTA, id(delta, 1), id(delta, 2), id(delta, 3), 0, id(delta, 4)))
				: Optional.empty();
	}

	static String directoryName(BinlogKind kind) {
		return (kind == BinlogKind.INSERT) ? "insert_log" : "delta_log";
	}

	private static long id(Matcher matcher, int group) {
		return Long.parseLong(matcher.group(group));
	}

	/**
	 * What a key says of its object; {@code fieldId} is 0 for delta logs.
	 */
	public record LogLocation(BinlogKind kind, long collectionId, long partitionId, long segmentId, long fieldId,
			long logId) {
	}

}
