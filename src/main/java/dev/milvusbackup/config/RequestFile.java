package dev.milvusbackup.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an operator hands over with a command or a form, in YAML or JSON.
 */
public final class RequestFile {

	private RequestFile() {
	}

	/**
	 * The file's keys; empty for an empty file.
	 * @throws ConfigException when it cannot be read or is no mapping of keys
	 */
	public static Map<String, @Nullable Object> read(Path path) {
		return entries(ConfigFile.parse("file '" + path + "'", path));
	}

	/**
	 * As {@link #read}, of a text.
	 * @param what names it in messages
	 */
	public static Map<String, @Nullable Object> parse(String what, String text) {
		return entries(ConfigFile.parse("field '" + what + "'", text));
	}

	private static Map<String, @Nullable Object> entries(@Nullable Object content) {
		Map<String, @Nullable Object> entries = new LinkedHashMap<>();
		if (content instanceof Map<?, ?> map) {
			map.forEach((key, value) -> entries.put(String.valueOf(key), value));
		}
		return entries;
	}

}
