package dev.milvusbackup.verify;

import java.util.List;

/**
 * What a verification found.
 *
 * @param objects that the description names
 * @param bytes of these objects
 * @param hashed objects whose content was compared with a checksum
 * @param recorded objects whose entity tag was recorded when the backup was written
 * @param problemCount all problems
 * @param problems the first of them
 */
public record Verification(long objects, long bytes, long hashed, long recorded, long problemCount,
		List<Problem> problems) {

	public Verification {
		problems = List.copyOf(problems);
	}

	public boolean isGood() {
		return this.problemCount == 0;
	}

}
