package dev.milvusbackup.launch;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * All options of a request that change its result, so that a later command can be told
 * apart from it. Holds no secret.
 *
 * @param options name to value, both as the operator would write them
 */
record RequestFingerprint(TreeMap<String, String> options) {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	static RequestFingerprint of(Map<String, String> options) {
		return new RequestFingerprint(new TreeMap<>(options));
	}

	/**
	 * Reverse of {@link #request()}; no options when the text cannot be read.
	 */
	static RequestFingerprint parse(String request) {
		try {
			return of(JSON.readValue(request, new TypeReference<Map<String, String>>() {
			}));
		}
		catch (JacksonException ex) {
			return of(Map.of());
		}
	}

	/**
	 * The options as JSON.
	 */
	String request() {
		return JSON.writeValueAsString(this.options);
	}

	/**
	 * Hexadecimal hash of the options.
	 */
	String value() {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(request().getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Names the options that differ, for an operator.
	 */
	String differenceFrom(RequestFingerprint earlier) {
		TreeSet<String> names = new TreeSet<>(this.options.keySet());
		names.addAll(earlier.options.keySet());
		return names.stream()
			.filter((name) -> !get(name).equals(earlier.get(name)))
			.map((name) -> name + " was '" + earlier.get(name) + "' and is now '" + get(name) + "'")
			.collect(Collectors.joining(", "));
	}

	/** Empty when there is none of the name. */
	String get(String name) {
		return this.options.getOrDefault(name, "");
	}

}
