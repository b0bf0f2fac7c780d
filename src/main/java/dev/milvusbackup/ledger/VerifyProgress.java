package dev.milvusbackup.ledger;

import java.util.List;

/**
 * How far a run of {@code verify} is.
 *
 * @param objects that the description names
 * @param done objects that are done, in the order of their list; all of them when no byte
 * is to be read
 * @param hashed of these, compared with a checksum
 * @param lastKey of the last one that was read, empty before the first
 * @param problems all that were found
 * @param first the first of them
 */
public record VerifyProgress(long objects, long bytes, long done, long bytesDone, long hashed, String lastKey,
		long problems, List<FoundProblem> first) {

	/** Nothing is compared yet. */
	public static final VerifyProgress NONE = new VerifyProgress(0, 0, 0, 0, 0, "", 0, List.of());

	public VerifyProgress {
		first = List.copyOf(first);
	}

	/**
	 * Something that is not as the description says.
	 *
	 * @param key of the object
	 */
	public record FoundProblem(String key, String what) {
	}

}
