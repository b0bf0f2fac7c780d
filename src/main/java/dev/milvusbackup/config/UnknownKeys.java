package dev.milvusbackup.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.milvusbackup.config.ConfigKey.OldName;

/**
 * Warns about keys that have no effect, naming what was probably meant.
 */
final class UnknownKeys {

	private final Map<String, ConfigKey> oldNames = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private final Set<String> newNames = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);

	UnknownKeys() {
		for (ConfigKey key : ConfigKeys.all()) {
			this.newNames.add(key.name());
			for (OldName old : key.oldNames()) {
				this.oldNames.put(old.name(), key);
			}
		}
	}

	List<String> warnings(ConfigFile file, Collection<String> overrides) {
		List<String> warnings = new ArrayList<>();
		for (String name : file.entries().keySet()) {
			if (!isKnown(name, file.version())) {
				warnings.add("'" + name + "' in " + file.name() + " has no effect" + advice(name, file.version()));
			}
		}
		for (String name : overrides) {
			if (ConfigKeys.all().stream().flatMap(ConfigKey::allNames).noneMatch(name::equalsIgnoreCase)
					&& !ConfigKeys.IGNORED.contains(name.toLowerCase(Locale.ROOT))) {
				warnings.add("--set " + name + " has no effect" + nearest(name, this.newNames));
			}
		}
		return warnings;
	}

	/**
	 * Variables of v1 that are set although the file is v2, which switches them off.
	 */
	List<String> ignoredVariables(ConfigFile file, Map<String, String> environment) {
		if (file.version() != 2) {
			return List.of();
		}
		List<String> warnings = new ArrayList<>();
		for (ConfigKey key : ConfigKeys.all()) {
			for (OldName old : key.oldNames()) {
				String variable = old.environment();
				String value = (variable != null) ? environment.getOrDefault(variable, "") : "";
				// Kubernetes sets such variables for a service called milvus or minio
				if (variable != null && !value.isEmpty() && !value.startsWith("tcp://")) {
					warnings.add("the environment variable " + variable + " is of v1 and has no effect: use "
							+ (key.environment().isEmpty() ? "the key " + key.name() : key.environment().get(0)));
				}
			}
		}
		return warnings;
	}

	private boolean isKnown(String name, int version) {
		return ConfigKeys.IGNORED.contains(name.toLowerCase(Locale.ROOT))
				|| ((version == 2) ? this.newNames.contains(name) : this.oldNames.containsKey(name));
	}

	private String advice(String name, int version) {
		ConfigKey renamed = this.oldNames.get(name);
		if (version == 2 && renamed != null) {
			return ": with configVersion v2 it is called '" + renamed.name() + "'";
		}
		if (version == 1 && this.newNames.contains(name)) {
			return ": it needs 'configVersion: v2' in the file, which then must use v2 names only";
		}
		return nearest(name, (version == 2) ? this.newNames : this.oldNames.keySet());
	}

	private static String nearest(String name, Collection<String> candidates) {
		return NearestName.of(name, candidates)
			.map((candidate) -> ": did you mean '" + candidate + "'?")
			.orElse(": there is no such key");
	}

}
