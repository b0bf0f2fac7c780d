package dev.milvusbackup.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * A configuration as it was given, whether or not it can be used.
 *
 * @param source the file, or what was used instead, to name it in messages
 * @param values all keys in the order of the documentation; of a value that is not
 * allowed, what was given
 * @param problems what is wrong, one line each
 * @param unsupported what is right, but what this version cannot do, one line each
 * @param warnings what deserves attention, one line each
 */
public record ConfigurationView(String source, List<ConfigValue> values, List<String> problems,
		List<String> unsupported, List<String> warnings) {

	public ConfigurationView {
		values = List.copyOf(values);
		problems = List.copyOf(problems);
		unsupported = List.copyOf(unsupported);
		warnings = List.copyOf(warnings);
	}

	/**
	 * Everything that keeps the other verbs from starting.
	 */
	public List<String> obstacles() {
		return Stream.concat(this.problems.stream(), this.unsupported.stream()).toList();
	}

}
