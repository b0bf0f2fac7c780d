package dev.milvusbackup.rest.console;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.ledger.VerificationLedger.Verified;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.rest.Backups;
import dev.milvusbackup.rest.console.BackupRow.CollectionRow;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The backups with their collections. Remembers those of the backups that were shown
 * last, as a complete backup does not change. Thread-safe.
 */
final class BackupRows {

	private static final Logger logger = LoggerFactory.getLogger(BackupRows.class);

	private static final int REMEMBERED = 500;

	private final Backups backups;

	private final Map<String, List<CollectionRow>> byId = Collections
		.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
			@Override
			protected boolean removeEldestEntry(Map.Entry<String, List<CollectionRow>> eldest) {
				return size() > REMEMBERED;
			}
		});

	BackupRows(Backups backups) {
		this.backups = backups;
	}

	List<BackupRow> rows(List<BackupEntry> entries) {
		Map<String, Verified> verified = this.backups.verified();
		return entries.stream().map((entry) -> row(entry, verified)).toList();
	}

	Optional<BackupRow> row(BackupName name) {
		return this.backups.find(name, "").map((entry) -> row(entry, this.backups.verified()));
	}

	private BackupRow row(BackupEntry entry, Map<String, Verified> verified) {
		return new BackupRow(entry, (entry.state() == BackupEntry.State.COMPLETE) ? collections(entry) : null,
				verified.get(entry.id()));
	}

	private @Nullable List<CollectionRow> collections(BackupEntry entry) {
		List<CollectionRow> known = this.byId.get(entry.id());
		if (known != null) {
			return known;
		}
		try {
			List<CollectionRow> read = read(this.backups.brief(entry.name(), ""));
			if (!entry.id().isEmpty()) {
				this.byId.put(entry.id(), read);
			}
			return read;
		}
		catch (BackupException ex) {
			// one damaged backup must not hide the others
			logger.warn("{}", ex.getMessage());
			return null;
		}
	}

	private static List<CollectionRow> read(String brief) {
		return JsonMapper.shared()
			.readTree(brief)
			.path("collection_backups")
			.valueStream()
			.map(BackupRows::collection)
			.toList();
	}

	private static CollectionRow collection(JsonNode json) {
		CollectionName name = new CollectionName(json.path("db_name").asString(""),
				json.path("collection_name").asString("?"));
		return new CollectionRow(name.toString(), json.path("size").asLong(0), json.path("has_index").asBoolean(false));
	}

}
