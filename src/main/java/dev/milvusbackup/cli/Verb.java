package dev.milvusbackup.cli;

/**
 * A command that does something.
 */
interface Verb {

	/**
	 * Does it. Errors are thrown, a run that was started ends in a result.
	 */
	VerbResult run(Session session);

	/**
	 * The backup that it is about, as far as it is known, else empty.
	 */
	default String backup() {
		return "";
	}

}
