package dev.milvusbackup.config;

import java.util.List;
import java.util.Map;

import dev.milvusbackup.config.ConfigValue.Source;

/**
 * Gives the credentials of a v1 configuration their place in v2. v1 has one pair of keys
 * for all providers: for azure they are the account's name and key.
 */
final class LegacyStorage {

	private final Map<String, ConfigValue> values;

	/**
	 * @param values by name, changed by {@link #translate()}
	 */
	LegacyStorage(Map<String, ConfigValue> values) {
		this.values = values;
	}

	/**
	 * Does it for both storages. A way to log in that was given under its name of v2
	 * stays.
	 */
	void translate() {
		for (String prefix : List.of(StorageKeys.MILVUS_PREFIX, StorageKeys.BACKUP_PREFIX)) {
			ConfigValue type = value(prefix + "auth.type");
			boolean inherited = type.source() == Source.INHERITED;
			if (!(inherited ? value(type.sourceKey()) : type).isGivenUnderOwnName()) {
				translate(prefix);
			}
		}
	}

	private void translate(String prefix) {
		boolean iam = "iam".equals(value(prefix + "auth.type").value());
		switch (StorageKeys.canonicalProvider(value(prefix + "provider").value())) {
			case "azure" -> {
				put(prefix + "auth.type", iam ? "default" : "sharedKey");
				copy(prefix + "auth.accessKeyID", prefix + "accountName");
				copy(prefix + "auth.secretAccessKey", prefix + "auth.accountKey");
			}
			case "gcpnative" -> put(prefix + "auth.type", "serviceAccount");
			// the other storage may log in in a way that is not for this provider
			default -> put(prefix + "auth.type", iam ? "iam" : "static");
		}
	}

	private void copy(String from, String to) {
		ConfigValue value = value(from);
		if (value.source() != Source.DEFAULT && !value(to).isGivenUnderOwnName()) {
			this.values.put(to, value.as(value(to).key()));
		}
	}

	private void put(String name, String type) {
		ConfigValue value = value(name);
		this.values.put(name, new ConfigValue(value.key(), type, value.source(), value.sourceKey()));
	}

	private ConfigValue value(String name) {
		ConfigValue value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("no key " + name);
		}
		return value;
	}

}
