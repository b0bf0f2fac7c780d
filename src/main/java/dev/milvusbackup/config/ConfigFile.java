package dev.milvusbackup.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A configuration file, flattened to dotted keys.
 *
 * @param name to name it in messages
 * @param version 1 or 2
 * @param entries dotted key as written to value; keys without a value are left out
 */
record ConfigFile(String name, int version, Map<String, String> entries) {

	private static final String VERSION_KEY = "configVersion";

	/** Stands for no file at all. */
	static final ConfigFile NONE = new ConfigFile("no file", 1, Map.of());

	/**
	 * @throws ConfigException when the file cannot be read or is no configuration
	 */
	static ConfigFile read(Path path) {
		Map<String, String> entries = new LinkedHashMap<>();
		String what = "configuration file '" + path + "'";
		flatten("", parse(what, path), entries);
		String version = entries.getOrDefault(VERSION_KEY, "v1").toLowerCase(Locale.ROOT);
		if (!List.of("v1", "v2").contains(version)) {
			throw unusable(what, VERSION_KEY + ": '" + version + "' is not one of v1, v2");
		}
		return new ConfigFile(path.toString(), "v2".equals(version) ? 2 : 1, entries);
	}

	/**
	 * A mapping, or null for an empty file.
	 * @param what names the file
	 */
	static @Nullable Object parse(String what, Path path) {
		try {
			return parse(what, Files.readString(path));
		}
		catch (MalformedInputException ex) {
			throw unusable(what, "it is not UTF-8 text");
		}
		catch (IOException ex) {
			throw unusable(what, "it cannot be read (" + ex.getClass().getSimpleName() + ")");
		}
	}

	/**
	 * As {@link #parse(String, Path)}, of a text.
	 */
	static @Nullable Object parse(String what, String text) {
		LoaderOptions options = new LoaderOptions();
		options.setAllowDuplicateKeys(false);
		try {
			Object content = new Yaml(new SafeConstructor(options)).load(text);
			if (content != null && !(content instanceof Map)) {
				throw unusable(what, "it is not a mapping of keys to values");
			}
			return content;
		}
		catch (YAMLException ex) {
			throw unusable(what, "it is not valid YAML" + place(ex));
		}
	}

	// the parser's own text quotes the line, which may hold a secret
	private static String place(YAMLException ex) {
		if (ex instanceof org.yaml.snakeyaml.error.MarkedYAMLException marked && marked.getProblemMark() != null) {
			return " at line " + (marked.getProblemMark().getLine() + 1) + ", column "
					+ (marked.getProblemMark().getColumn() + 1);
		}
		return "";
	}

	private static void flatten(String prefix, @Nullable Object node, Map<String, String> entries) {
		if (node instanceof Map<?, ?> map) {
			map.forEach((key, value) -> flatten(prefix.isEmpty() ? String.valueOf(key) : prefix + "." + key, value,
					entries));
		}
		else if (node instanceof List<?> list) {
			entries.put(prefix, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
		}
		else if (node != null) {
			entries.put(prefix, node.toString().strip());
		}
	}

	private static ConfigException unusable(String what, String problem) {
		return new ConfigException(what, List.of(problem), what.startsWith("configuration")
				? "name another file with --config, or correct this one" : "correct it");
	}

}
