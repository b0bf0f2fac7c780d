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
	 * What the result of an error says that was to be done.
	 * @param name of the verb
	 */
	default String action(String name) {
		return name;
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
