package dev.milvusbackup.launch;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests that hold no secrets as JSON, so that they can be carried out again without
 * their command line. Pure.
 */
final class RequestCodec {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final String HINT = "send the same request again: it goes on";

	private RequestCodec() {
	}

	static String write(Object request) {
		return JSON.writeValueAsString(request);
	}

	/**
	 * Reverse of {@link #write}.
	 * @throws LaunchException when a release wrote it that knows other requests
	 */
	static <T> T read(long run, String content, Class<T> type) {
		try {
			return JSON.readValue(content, type);
		}
		catch (JacksonException ex) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to go on with run '" + run + "': its request cannot be read: " + ex.getOriginalMessage(),
					HINT);
		}
	}

	/**
	 * The request was not kept.
	 */
	static LaunchException unknown(long run) {
		return new LaunchException(ExitCode.USAGE, "unable to go on with run '" + run + "': its request is not known",
				HINT);
	}

}
