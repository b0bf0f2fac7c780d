package dev.milvusbackup.cli;

/**
 * A command about the configuration itself, which may be one that no other verb accepts.
 */
interface ConfigVerb {

	/**
	 * Does it. Errors are thrown.
	 */
	VerbResult run(ConfigInput input);

}
