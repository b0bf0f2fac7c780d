package dev.milvusbackup.launch;

/**
 * How the process ends. The numbers never change once shipped.
 */
public enum ExitCode {

	/** Complete, or the same request was already complete. */
	COMPLETE(0),
	/** Failed; the same command resumes. */
	FAILED(1),
	/** Usage, configuration, credentials, preflight; nothing was started. */
	USAGE(2),
	/** Some collections failed or were skipped. */
	PARTIAL(3),
	/** Stopped on request; the same command resumes. */
	STOPPED(4),
	/** The same run is alive elsewhere. */
	RUNNING(5),
	/** Verification found damage. */
	DAMAGED(6),
	/** Incompatible version or format. */
	INCOMPATIBLE(7),
	/** No such backup. */
	NOT_FOUND(8);

	private final int code;

	ExitCode(int code) {
		this.code = code;
	}

	public int code() {
		return this.code;
	}

}
