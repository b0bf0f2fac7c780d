package dev.milvusbackup.restore;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.EncryptionKeys;
import dev.milvusbackup.restore.RestoreException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * The keys with which Milvus reads the logs of encrypted databases. They are secrets, so
 * that they never get into the ledger. Thread-safe.
 */
final class ImportKeys {

	private final DescribedBackup backup;

	private final EncryptionKeys keys;

	private @Nullable Map<Long, String> byCollection;

	ImportKeys(RestoreRun run, DescribedBackup backup) {
		this.backup = backup;
		this.keys = run.request().details().keys();
	}

	/**
	 * @throws RestoreException of kind PREFLIGHT when no database of the backup has a key
	 * of the mapping
	 */
	void check() {
		List<Database> databases = this.backup.manifest().databases();
		if (this.keys.mapping().isEmpty() || databases.stream().anyMatch(this.keys::concerns)) {
			return;
		}
		List<String> encrypted = databases.stream()
			.filter((database) -> this.keys.of(database) != null)
			.map(Database::name)
			.sorted()
			.toList();
		throw new RestoreException(Kind.PREFLIGHT,
				"unable to use the mapping of encryption keys: no database of backup '" + this.backup.manifest().name()
						+ "' has one of its keys",
				encrypted.isEmpty() ? "leave it out: no database of the backup is encrypted"
						: "the backup has keys of the databases " + String.join(", ", encrypted)
								+ "; `ezk` in its full_meta.json tells them");
	}

	/**
	 * The key for the logs of a collection, null when they are not encrypted.
	 */
	@Nullable String of(RestoreTarget target) {
		return byCollection().get(target.sourceId());
	}

	private synchronized Map<Long, String> byCollection() {
		Map<Long, String> known = this.byCollection;
		if (known == null) {
			known = read(this.backup.manifest());
			this.byCollection = known;
		}
		return known;
	}

	private Map<Long, String> read(BackupManifest manifest) {
		Map<String, String> byDatabase = new HashMap<>();
		for (Database database : manifest.databases()) {
			String key = this.keys.of(database);
			if (key != null) {
				byDatabase.put(database.name(), key);
			}
		}
		Map<Long, String> found = new HashMap<>();
		manifest.collections().forEach((collection) -> {
			String key = byDatabase.get(collection.collection().name().database());
			if (key != null) {
				found.put(collection.collection().id(), key);
			}
		});
		return found;
	}

}
