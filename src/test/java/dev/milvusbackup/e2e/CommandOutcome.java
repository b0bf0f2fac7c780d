package dev.milvusbackup.e2e;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a command ended and what it printed.
 */
record CommandOutcome(int exitCode, String out, String err) {

	/** All of stdout, which must be one JSON object. */
	JsonNode json() {
		return JsonMapper.shared().readTree(this.out);
	}

	@Override
	public String toString() {
		return "exit code %d%n--- stdout%n%s%n--- stderr%n%s".formatted(this.exitCode, this.out, this.err);
	}

}
