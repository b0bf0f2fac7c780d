package dev.milvusbackup.launch;

import dev.milvusbackup.model.EncryptionKeys;
import dev.milvusbackup.model.RestoreDetails;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A restore request as JSON, so that it can be carried out again without its command
 * line. Pure.
 */
final class RestoreRequestCodec {

	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.build();

	/** Whether the request came with keys. */
	private static final String KEYS = "keys_withheld";

	private RestoreRequestCodec() {
	}

	/**
	 * All but the keys of encrypted databases; that there are some is noted.
	 */
	static String write(RestoreRequest request) {
		RestoreDetails details = request.details();
		ObjectNode content = JSON.valueToTree(new RestoreRequest(request.name(), request.sourceFilter(),
				request.targetFilter(), request.suffix(), request.renames(), request.options(), request.restoreId(),
				details.withKeys(EncryptionKeys.NONE)));
		return JSON.writeValueAsString(content.put(KEYS, !details.keys().mapping().isEmpty()));
	}

	/**
	 * Reverse of {@link #write}.
	 * @throws LaunchException when a release wrote it that knows other requests, or it
	 * came with keys
	 */
	static RestoreRequest read(long run, String content) {
		try {
			if (JSON.readTree(content).path(KEYS).asBoolean(false)) {
				throw new LaunchException(ExitCode.USAGE,
						"unable to go on with run '" + run + "': its keys of encrypted databases are not kept",
						"send the same request again, with --ezk_mapping: it goes on");
			}
			return JSON.readValue(content, RestoreRequest.class);
		}
		catch (JacksonException ex) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to go on with run '" + run + "': its request cannot be read: " + ex.getOriginalMessage(),
					"send the same request again: it goes on");
		}
	}

}
