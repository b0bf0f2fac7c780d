package dev.milvusbackup.launch;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A restore request as JSON, so that it can be carried out again without its command
 * line. Pure.
 */
final class RestoreRequestCodec {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private RestoreRequestCodec() {
	}

	static String write(RestoreRequest request) {
		return JSON.writeValueAsString(request);
	}

	/**
	 * Reverse of {@link #write}.
	 * @throws LaunchException when a release wrote it that knows other requests
	 */
	static RestoreRequest read(long run, String content) {
		try {
			return JSON.readValue(content, RestoreRequest.class);
		}
		catch (JacksonException ex) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to go on with run '" + run + "': its request cannot be read: " + ex.getOriginalMessage(),
					"send the same request again: it goes on");
		}
	}

}
