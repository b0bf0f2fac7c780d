package dev.milvusbackup.config;

import java.util.List;

/**
 * What was read, checked and complete.
 *
 * @param source the file, or what was used instead, to name it in messages
 * @param values all keys in the order of the documentation
 * @param warnings what deserves attention, one line each
 */
public record Configuration(String source, Settings settings, LogSettings log, List<ConfigValue> values,
		List<String> warnings) {

	public Configuration {
		values = List.copyOf(values);
		warnings = List.copyOf(warnings);
	}

	/**
	 * The settings of the verb {@code server}, checked here as no other verb needs them.
	 * @throws ConfigException when they contradict each other
	 */
	public ServerSettings server() {
		return ServerSettings.of(this.values);
	}

}
