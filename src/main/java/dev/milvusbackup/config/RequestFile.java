package dev.milvusbackup.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A file that an operator hands over with a command, in YAML or JSON.
 */
public final class RequestFile {

	private RequestFile() {
	}

	/**
	 * The file's keys; empty for an empty file.
	 * @throws ConfigException when it cannot be read or is no mapping of keys
	 */
	public static Map<String, @Nullable Object> read(Path path) {
		Map<String, @Nullable Object> entries = new LinkedHashMap<>();
		if (ConfigFile.parse("file '" + path + "'", path) instanceof Map<?, ?> map) {
			map.forEach((key, value) -> entries.put(String.valueOf(key), value));
		}
		return entries;
	}

}
