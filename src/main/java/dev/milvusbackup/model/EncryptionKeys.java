package dev.milvusbackup.model;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which keys take the place of those in a backup when logs of encrypted databases are
 * imported. Secrets.
 *
 * @param mapping key in the backup to the key to use
 */
public record EncryptionKeys(Map<String, String> mapping) {

	/** The keys of the backup. */
	public static final EncryptionKeys NONE = new EncryptionKeys(Map.of());

	/**
	 * @throws InvalidNameException when a key is empty
	 */
	public EncryptionKeys {
		mapping = Map.copyOf(mapping);
		if (mapping.keySet().stream().anyMatch(String::isBlank)
				|| mapping.values().stream().anyMatch(String::isBlank)) {
			throw new InvalidNameException("unable to use the mapping of encryption keys: one of them is empty",
					"write a key of the backup and the key that takes its place");
		}
	}

	/**
	 * The key for the logs of a database of the backup, null when it is not encrypted.
	 */
	public @Nullable String of(Database database) {
		String key = database.encryptionKey();
		return (key == null || key.isEmpty()) ? null : this.mapping.getOrDefault(key, key);
	}

	/**
	 * Whether it has something to say about the database.
	 */
	public boolean concerns(Database database) {
		String key = database.encryptionKey();
		return key != null && this.mapping.containsKey(key);
	}

	@Override
	public String toString() {
		return "EncryptionKeys[" + this.mapping.size() + " keys]";
	}

}
