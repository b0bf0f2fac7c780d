package dev.milvusbackup.cli;

/**
 * How the result is written to stdout.
 */
enum OutputFormat {

	/** As the Go tool does. */
	text,
	/** Exactly one JSON object. */
	json

}
