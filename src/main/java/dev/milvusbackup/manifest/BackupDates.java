package dev.milvusbackup.manifest;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.manifest.BackupEntry.State;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStore;

/**
 * Finds out how old backups are. The description has no date of its own since v0.5.10,
 * but what Milvus said when it flushed the collections (format.md 3), which also survives
 * a copy of the backup to another store.
 */
record BackupDates(ObjectStore store) {

	/** The bits of a hybrid timestamp that count within a millisecond. */
	private static final int LOGICAL_BITS = 18;

	/**
	 * Empty when there is nothing of it any more.
	 */
	Optional<DatedBackup> date(BackupLayout backup, BackupEntry entry) {
		if (entry.state() == State.COMPLETE) {
			return this.store.lastModified(backup.meta(), backup.meta(MetaFile.BACKUP)::equals)
				.map((written) -> complete(backup, entry, written));
		}
		boolean deleting = entry.state() == State.INCOMPLETE && has(backup, MetaFile.EXPIRED)
				&& !has(backup, MetaFile.DRAFT);
		Set<ObjectKey> ofWorkers = Set.of(backup.meta(MetaFile.LEASE), backup.meta(MetaFile.EXPIRED));
		return this.store.lastModified(backup.directory(), (key) -> deleting || !ofWorkers.contains(key))
			.map((time) -> new DatedBackup(entry, time, deleting));
	}

	private DatedBackup complete(BackupLayout backup, BackupEntry entry, Instant written) {
		try {
			return new DatedBackup(entry, earlier(flushed(backup), written), false);
		}
		catch (ManifestException ex) {
			BackupEntry damaged = new BackupEntry(entry.name(), State.DAMAGED, entry.id(), entry.bytes(),
					entry.milvusVersion());
			return new DatedBackup(damaged, written, false);
		}
	}

	private boolean has(BackupLayout backup, MetaFile file) {
		return this.store.stat(backup.meta(file)).isPresent();
	}

	/** A time after the writing is nonsense. */
	private static Instant earlier(long flushed, Instant written) {
		return (flushed > 0 && flushed < written.toEpochMilli()) ? Instant.ofEpochMilli(flushed) : written;
	}

	/**
	 * Returns the milliseconds of the last flush, 0 when none is recorded.
	 */
	private long flushed(BackupLayout backup) {
		long[] newest = new long[1];
		new MetaFiles(this.store, backup).read(MetaFile.COLLECTIONS, (reader) -> {
			Runnable collection = () -> newest[0] = Math.max(newest[0],
					flushed(reader.object(Map.of("l0_segments", reader::skip))));
			return reader.document(Map.of("infos", () -> reader.array(collection)));
		});
		return newest[0];
	}

	private static long flushed(JsonObject collection) {
		long checkpoints = collection.unsigned("backup_timestamp") >>> LOGICAL_BITS;
		return Math.max(checkpoints, collection.unsigned("backup_physical_timestamp") * 1000);
	}

}
