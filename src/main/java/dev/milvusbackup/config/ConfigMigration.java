package dev.milvusbackup.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.config.ConfigKey.OldName;
import dev.milvusbackup.config.ConfigValue.Source;
import org.jspecify.annotations.Nullable;

/**
 * Writes the values of a v1 file as a v2 file. Names change; a secret that the
 * environment holds stays there.
 */
final class ConfigMigration {

	private final ConfigFile old;

	private final Map<String, ConfigValue> values;

	private final Map<String, String> environment;

	private final Map<String, StorageRules> storages = new LinkedHashMap<>();

	private final List<String> notes = new ArrayList<>();

	/**
	 * @param values of the v1 file, translated
	 */
	ConfigMigration(ConfigFile old, Map<String, ConfigValue> values, Map<String, String> environment) {
		this.old = old;
		this.values = values;
		this.environment = environment;
		for (String prefix : List.of(StorageKeys.MILVUS_PREFIX, StorageKeys.BACKUP_PREFIX)) {
			this.storages.put(prefix, new StorageRules(values, prefix));
		}
	}

	MigratedFile migrate(ConfigurationView view) {
		this.notes.addAll(view.warnings());
		ConfigText text = new ConfigText();
		this.values.values().stream().filter(this::isWritten).forEach((value) -> write(text, value));
		noteVariables();
		noteDifferences();
		this.notes.addAll(view.unsupported());
		return new MigratedFile(view.source(), text.toString(), this.notes, view.problems());
	}

	/**
	 * All keys, but for those that mean nothing here, that inherit the same value in v2
	 * too, and our own ones that are not set.
	 */
	private boolean isWritten(ConfigValue value) {
		String name = value.key().name();
		boolean ownDefault = name.startsWith("batch.") && value.source() == Source.DEFAULT;
		return applies(name) && !ownDefault && !isInherited(value);
	}

	private boolean applies(String name) {
		return this.storages.entrySet()
			.stream()
			.filter((storage) -> name.startsWith(storage.getKey()))
			.allMatch((storage) -> storage.getValue().applies(name.substring(storage.getKey().length())));
	}

	private boolean isInherited(ConfigValue value) {
		String from = value.key().inherits();
		boolean given = value.source() != Source.INHERITED && value.source() != Source.DEFAULT;
		return from != null && !given && applies(from) && canonical(value).equals(canonical(value(from)));
	}

	private void write(ConfigText text, ConfigValue value) {
		ConfigKey key = value.key();
		ConfigValue origin = (value.source() == Source.INHERITED) ? value(value.sourceKey()) : value;
		if (!key.secret() || origin.source() != Source.ENVIRONMENT) {
			text.put(key, canonical(value));
			return;
		}
		String variable = key.environment().isEmpty() ? key.name() : key.environment().get(0);
		text.comment(key, "set by the environment variable " + variable);
		if (!variable.equals(origin.sourceKey())) {
			this.notes.add(key.name() + ": set the environment variable " + variable + " instead of "
					+ origin.sourceKey() + "; the secret was not written");
		}
	}

	private String canonical(ConfigValue value) {
		String name = value.key().name();
		if ("milvus.grpc.tlsMode".equals(name) && "mutual".equalsIgnoreCase(value.value())
				&& (text("milvus.grpc.mtlsCertPath").isEmpty() || text("milvus.grpc.mtlsKeyPath").isEmpty())) {
			return "server";
		}
		return name.endsWith(".storage.provider") ? StorageKeys.canonicalProvider(value.value()) : value.value();
	}

	private void noteVariables() {
		for (ConfigKey key : ConfigKeys.all()) {
			for (OldName old : key.oldNames()) {
				noteVariable(key, old.environment());
			}
		}
	}

	private void noteVariable(ConfigKey key, @Nullable String variable) {
		if (variable != null && !this.environment.getOrDefault(variable, "").isEmpty() && !key.secret()) {
			this.notes.add("the environment variable " + variable + " is not read any more: its value was written to "
					+ key.name());
		}
	}

	private void noteDifferences() {
		if ("false".equalsIgnoreCase(this.old.entries().get("http.enabled"))) {
			this.notes.add("http.enabled has no meaning any more: the server is a verb of its own");
		}
		if (value("backup.storage.rootPath").source() == Source.DEFAULT) {
			this.notes.add("backup.storage.rootPath: '" + text("backup.storage.rootPath")
					+ "' was written, as the file has no minio.backupRootPath; main of the Go tool took minio.rootPath");
		}
		if ("auto".equals(text("transfer.mode")) && !samePlace()) {
			this.notes.add("transfer.mode: auto streams between the two stores, where crossStorage=false tried a copy"
					+ " by the store");
		}
		for (String prefix : this.storages.keySet()) {
			if ("gcpnative".equals(text(prefix + "provider"))) {
				this.notes.add(prefix + "auth.credentialsFile has to be the path of a file, not its content");
			}
		}
	}

	private boolean samePlace() {
		return List.of("provider", "address", "port", "region", "useSSL", "accountName")
			.stream()
			.allMatch((part) -> text(StorageKeys.MILVUS_PREFIX + part).equals(text(StorageKeys.BACKUP_PREFIX + part)));
	}

	private String text(String name) {
		return value(name).value();
	}

	private ConfigValue value(String name) {
		ConfigValue value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("no key " + name);
		}
		return value;
	}

}
