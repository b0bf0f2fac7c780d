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

	/**
	 * The order date as {@code yyyymmdd}, empty when there is none.
	 */
	default String orderDate() {
		return "";
	}

	/**
	 * Whether its result says only that it succeeded, which {@code --quiet} leaves out.
	 */
	default boolean isSilentWhenQuiet() {
		return false;
	}

}
