package dev.milvusbackup.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import dev.milvusbackup.config.ConfigKey.OldName;
import dev.milvusbackup.config.ConfigValue.Source;
import org.jspecify.annotations.Nullable;

/**
 * Finds the value of each key: --set, then environment, then file, then the key that it
 * inherits from, then its default.
 */
final class KeyResolver {

	private final Map<String, String> overrides;

	private final Map<String, String> environment;

	private final Map<String, String> file;

	private final boolean version2;

	private final Map<String, ConfigValue> resolved = new LinkedHashMap<>();

	private final List<ConfigValue> given = new ArrayList<>();

	private final List<String> problems = new ArrayList<>();

	KeyResolver(Map<String, String> overrides, Map<String, String> environment, ConfigFile file) {
		this.overrides = ignoringCase(overrides);
		this.environment = environment;
		this.file = ignoringCase(file.entries());
		this.version2 = file.version() == 2;
	}

	/**
	 * All values by name, in the order of the table and translated where the names are
	 * those of v1. A value of the wrong type is replaced by the default and listed in
	 * {@link #problems()}.
	 */
	Map<String, ConfigValue> resolve() {
		for (ConfigKey key : ConfigKeys.all()) {
			ConfigValue value = find(key);
			this.given.add(value);
			if (!isUsable(value)) {
				this.problems.add(problem(value));
				value = new ConfigValue(key, key.defaultValue(), Source.DEFAULT, "");
			}
			this.resolved.put(key.name(), value);
		}
		if (!this.version2) {
			new LegacyStorage(this.resolved).translate();
		}
		return this.resolved;
	}

	/**
	 * All values in the order of the table, those of the wrong type as they were given.
	 */
	List<ConfigValue> given() {
		return this.given.stream().map((value) -> isUsable(value) ? usable(value) : value).toList();
	}

	private ConfigValue usable(ConfigValue value) {
		return this.resolved.getOrDefault(value.key().name(), value);
	}

	private static boolean isUsable(ConfigValue value) {
		return value.key().type().accepts().test(value.value());
	}

	List<String> problems() {
		return this.problems;
	}

	private ConfigValue find(ConfigKey key) {
		ConfigValue value = set(key);
		value = (value != null) ? value : environment(key);
		value = (value != null) ? value : file(key);
		value = (value != null) ? value : inherited(key);
		return (value != null) ? value : new ConfigValue(key, key.defaultValue(), Source.DEFAULT, "");
	}

	private @Nullable ConfigValue set(ConfigKey key) {
		ConfigValue value = take(key, this.overrides, Source.SET, key.name());
		for (String variable : key.environment()) {
			value = (value != null) ? value : take(key, this.overrides, Source.SET, variable);
		}
		for (OldName old : key.oldNames()) {
			value = (value != null) ? value : takeOld(key, old, this.overrides, Source.SET, old.name());
			value = (value != null) ? value : takeOld(key, old, this.overrides, Source.SET, old.environment());
		}
		return value;
	}

	private @Nullable ConfigValue environment(ConfigKey key) {
		ConfigValue value = null;
		for (String variable : key.environment()) {
			value = (value != null) ? value : take(key, this.environment, Source.ENVIRONMENT, variable);
		}
		// as in the Go tool, a v2 file switches the old variables off
		for (OldName old : this.version2 ? List.<OldName>of() : key.oldNames()) {
			value = (value != null) ? value
					: takeOld(key, old, this.environment, Source.ENVIRONMENT, old.environment());
		}
		return value;
	}

	private @Nullable ConfigValue file(ConfigKey key) {
		if (this.version2) {
			return take(key, this.file, Source.FILE, key.name());
		}
		ConfigValue value = null;
		for (OldName old : key.oldNames()) {
			value = (value != null) ? value : takeOld(key, old, this.file, Source.FILE, old.name());
		}
		return value;
	}

	private @Nullable ConfigValue inherited(ConfigKey key) {
		ConfigValue from = (key.inherits() != null) ? this.resolved.get(key.inherits()) : null;
		return (from == null || from.source() == Source.DEFAULT) ? null
				: new ConfigValue(key, from.value(), Source.INHERITED, from.key().name());
	}

	private static @Nullable ConfigValue takeOld(ConfigKey key, OldName old, Map<String, String> from, Source source,
			@Nullable String name) {
		ConfigValue value = (name != null) ? take(key, from, source, name) : null;
		return (value == null) ? null : new ConfigValue(key, old.translate(value.value()), source, value.sourceKey());
	}

	private static @Nullable ConfigValue take(ConfigKey key, Map<String, String> from, Source source, String name) {
		String value = from.get(name);
		boolean absent = value == null || (value.isEmpty() && !key.acceptsEmpty());
		return absent ? null : new ConfigValue(key, value, source, name);
	}

	private static String problem(ConfigValue value) {
		String from = value.key().name();
		if (!value.sourceKey().equals(from)) {
			from += " (" + value.source() + " " + value.sourceKey() + ")";
		}
		return from + ": '" + value.shown() + "' is not " + value.key().type().description();
	}

	private static Map<String, String> ignoringCase(Map<String, String> entries) {
		Map<String, String> map = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		entries.forEach((key, value) -> map.put(key.toLowerCase(Locale.ROOT), value));
		return map;
	}

}
