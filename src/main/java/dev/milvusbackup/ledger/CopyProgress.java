package dev.milvusbackup.ledger;

/**
 * How far the copy of a run is. Where Milvus copies, totals are 0 as long as it has not
 * told them.
 *
 * @param percent of the whole, 0 when nothing is known
 */
public record CopyProgress(long segments, long segmentsDone, long objects, long objectsDone, long bytes, long bytesDone,
		int percent) {

	/** That of a run without a plan. */
	static final CopyProgress NONE = new CopyProgress(0, 0, 0, 0, 0, 0);

	/**
	 * By bytes.
	 */
	public CopyProgress(long segments, long segmentsDone, long objects, long objectsDone, long bytes, long bytesDone) {
		this(segments, segmentsDone, objects, objectsDone, bytes, bytesDone,
				(bytes == 0) ? 0 : (int) (100 * bytesDone / bytes));
	}
}
