package dev.milvusbackup.milvus;

/**
 * A job that copies a snapshot out or in, as the server tells of it.
 *
 * @param progressPercent 0 to 100
 * @param reason of a failure, else empty
 * @param result of a copy out
 */
public record SnapshotJob(long id, State state, int progressPercent, String reason, Result result) {

	/**
	 * Whether it has come to its end.
	 */
	public boolean isOver() {
		return this.state == State.COMPLETED || this.state == State.FAILED;
	}

	/**
	 * Where a job stands.
	 */
	public enum State {

		PENDING, RUNNING, COMPLETED, FAILED

	}

	/**
	 * What was copied.
	 *
	 * @param description URI of the description, empty before the end
	 * @param bytes 0 before the end
	 */
	public record Result(String description, long files, long copiedFiles, long bytes) {

		/** That of a job that copies nothing out. */
		static final Result NONE = new Result("", 0, 0, 0);

	}

}
