package dev.milvusbackup.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads {@code --set}. One option may hold several settings separated by commas, as in
 * the Go tool; a comma separates only when a known key and {@code =} follow it, so that a
 * value may hold commas.
 */
final class Overrides {

	private static final Set<String> KNOWN = ConfigKeys.all()
		.stream()
		.flatMap(ConfigKey::allNames)
		.map((name) -> name.toLowerCase(Locale.ROOT))
		.collect(Collectors.toUnmodifiableSet());

	private Overrides() {
	}

	/**
	 * Key as written to value; the last one of a key wins.
	 * @throws ConfigException when an option is not of the form {@code key=value}
	 */
	static Map<String, String> parse(List<String> options) {
		Map<String, String> overrides = new LinkedHashMap<>();
		List<String> problems = new ArrayList<>();
		for (String option : options) {
			for (String setting : split(option)) {
				int equals = setting.indexOf('=');
				if (equals < 1) {
					// the text may be part of a secret
					problems.add("--set needs key=value" + (setting.matches("[\\w.]+") ? ": '" + setting + "'" : ""));
				}
				else {
					overrides.put(setting.substring(0, equals).strip(), setting.substring(equals + 1));
				}
			}
		}
		if (!problems.isEmpty()) {
			throw new ConfigException("--set", problems, "write --set milvus.grpc.port=19530");
		}
		return overrides;
	}

	private static List<String> split(String option) {
		List<String> settings = new ArrayList<>();
		for (String part : option.split(",", -1)) {
			int equals = part.indexOf('=');
			boolean known = equals > 0 && KNOWN.contains(part.substring(0, equals).strip().toLowerCase(Locale.ROOT));
			if (settings.isEmpty() || known) {
				settings.add(part);
			}
			else {
				int last = settings.size() - 1;
				settings.set(last, settings.get(last) + "," + part);
			}
		}
		return settings;
	}

}
