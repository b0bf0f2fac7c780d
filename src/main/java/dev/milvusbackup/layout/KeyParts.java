package dev.milvusbackup.layout;

import java.util.Optional;

import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Partition;

/**
 * The path of a binlog below its root: the directory of its kind and a row of ids.
 */
record KeyParts(BinlogKind kind, long[] ids) {

	/** No layout has more levels. */
	private static final int MOST_IDS = 6;

	private static final int PARTITION = 1;

	/**
	 * Empty unless the path is {@code insert_log} or {@code delta_log} and ids in the
	 * form in which they are written, none of them negative but a partition that means
	 * all partitions.
	 */
	static Optional<KeyParts> of(String path) {
		String[] parts = path.split("/", -1);
		if (parts.length > MOST_IDS + 1) {
			return Optional.empty();
		}
		for (BinlogKind kind : BinlogKind.values()) {
			if (parts[0].equals(MilvusLayout.directoryName(kind))) {
				return ids(kind, parts).map((ids) -> new KeyParts(kind, ids));
			}
		}
		return Optional.empty();
	}

	boolean ofWholeCollection() {
		return this.ids.length > PARTITION && this.ids[PARTITION] == Partition.ALL;
	}

	private static Optional<long[]> ids(BinlogKind kind, String[] parts) {
		long[] ids = new long[parts.length - 1];
		for (int i = 0; i < ids.length; i++) {
			boolean mayBeAll = kind == BinlogKind.DELTA && i == PARTITION;
			long id = id(parts[i + 1], mayBeAll);
			if (id < 0 && !(mayBeAll && id == Partition.ALL)) {
				return Optional.empty();
			}
			ids[i] = id;
		}
		return Optional.of(ids);
	}

	/** A number below -1 for what is no id. */
	private static long id(String text, boolean mayBeAll) {
		if (mayBeAll && text.equals(Long.toString(Partition.ALL))) {
			return Partition.ALL;
		}
		try {
			long id = Long.parseLong(text);
			return (id >= 0 && Long.toString(id).equals(text)) ? id : Long.MIN_VALUE;
		}
		catch (NumberFormatException ex) {
			return Long.MIN_VALUE;
		}
	}

}
