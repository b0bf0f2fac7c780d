package dev.milvusbackup.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * One setting: the only place where its names, default and meaning are written down.
 *
 * @param name in a file of {@code configVersion: v2}, and of {@code --set}
 * @param oldNames in a v1 file, the first that is set wins
 * @param environment variables that are read with any file
 * @param inherits key whose value is taken when this one is not set
 * @param defaultValue when there is nothing else, may be empty
 * @param doc one sentence
 */
public record ConfigKey(String name, List<OldName> oldNames, List<String> environment, @Nullable String inherits,
		String defaultValue, ValueType type, boolean secret, String doc) {

	static ConfigKey of(String name, ValueType type, String defaultValue, String doc) {
		return new ConfigKey(name, List.of(), List.of(), null, defaultValue, type, false, doc);
	}

	/** The name is the same in a v1 file. */
	ConfigKey inBothVersions() {
		return old(this.name);
	}

	ConfigKey old(String oldName) {
		return old(new OldName(oldName, null, Map.of()));
	}

	ConfigKey old(String oldName, String oldEnvironment) {
		return old(new OldName(oldName, oldEnvironment, Map.of()));
	}

	ConfigKey old(OldName oldName) {
		List<OldName> names = new ArrayList<>(this.oldNames);
		names.add(oldName);
		return new ConfigKey(this.name, List.copyOf(names), this.environment, this.inherits, this.defaultValue,
				this.type, this.secret, this.doc);
	}

	ConfigKey env(String variable) {
		return new ConfigKey(this.name, this.oldNames, List.of(variable), this.inherits, this.defaultValue, this.type,
				this.secret, this.doc);
	}

	ConfigKey inheriting(String key) {
		return new ConfigKey(this.name, this.oldNames, this.environment, key, this.defaultValue, this.type, this.secret,
				this.doc);
	}

	ConfigKey asSecret() {
		return new ConfigKey(this.name, this.oldNames, this.environment, this.inherits, this.defaultValue, this.type,
				true, this.doc);
	}

	/** Whether an empty value is a value, not the same as none. */
	boolean acceptsEmpty() {
		return this.type.text() && this.inherits == null;
	}

	/** All names that a v1 file or {@code --set} may use for it, its own first. */
	Stream<String> allNames() {
		return Stream
			.of(Stream.of(this.name), this.oldNames.stream().map(OldName::name), this.environment.stream(),
					this.oldNames.stream().map(OldName::environment).filter((variable) -> variable != null))
			.flatMap((names) -> names);
	}

	/**
	 * What the setting was called in v1.
	 *
	 * @param environment read unless the file is v2, null for none
	 * @param values old value in lower case to new value; others stay as they are
	 */
	public record OldName(String name, @Nullable String environment, Map<String, String> values) {

		String translate(String value) {
			return this.values.getOrDefault(value.toLowerCase(Locale.ROOT), value);
		}

	}

}
