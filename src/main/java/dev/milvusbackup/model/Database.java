package dev.milvusbackup.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A database of the source.
 *
 * @param id 0 for servers that do not describe databases (before Milvus 2.4.3)
 * @param encryptionKey of its encryption zone, a secret; null when it is not encrypted
 */
public record Database(String name, long id, List<KeyValue> properties, @Nullable String encryptionKey) {

	public Database {
		properties = List.copyOf(properties);
	}

	public Database(String name, long id, List<KeyValue> properties) {
		this(name, id, properties, null);
	}

	/**
	 * The same database with the key of its encryption zone.
	 */
	public Database withEncryptionKey(String key) {
		return new Database(this.name, this.id, this.properties, key);
	}

	@Override
	public String toString() {
		return "Database[name=" + this.name + ", id=" + this.id + ", properties=" + this.properties + ", encryptionKey="
				+ ((this.encryptionKey != null) ? "***" : "none") + "]";
	}

}
