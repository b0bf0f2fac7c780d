package dev.milvusbackup.backup;

import dev.milvusbackup.layout.SnapshotUris;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedSnapshot;
import dev.milvusbackup.ledger.SnapshotLedger;
import dev.milvusbackup.manifest.BackupFormat;
import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.manifest.ManifestCodec;
import dev.milvusbackup.manifest.SnapshotBackup;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Collection.Checkpoint;

/**
 * What a backup run of the snapshot format works with; none of it is closed by the job.
 *
 * @param scope without segments, which Milvus copies itself
 * @param server names the Milvus in the ledger
 */
public record SnapshotRun(BackupScope scope, BackupPlaces places, SnapshotUris uris, Milvus milvus, String server,
		SnapshotLedger ledger) implements CollectionContents {

	/**
	 * That of the collection, as far as it is; as planned when nothing is done of it.
	 */
	PlannedSnapshot snapshot(PlannedCollection collection) {
		return this.ledger.find(this.scope.run(), collection.collectionId())
			.orElseGet(() -> PlannedSnapshot.planned(collection, this.server, 1, name(1)));
	}

	/**
	 * Another one than those before, so that whatever still happens to an earlier one
	 * cannot be taken for this one's doing.
	 */
	PlannedSnapshot next(PlannedCollection collection, PlannedSnapshot former) {
		int attempt = former.attempt() + 1;
		return PlannedSnapshot.planned(collection, this.server, attempt, name(attempt));
	}

	/** Of no other run: what has this name may be dropped. */
	private String name(int attempt) {
		String id = this.scope.taskId().replaceAll("[^0-9A-Za-z]", "");
		return "mbk_" + this.places.targetLayout().name() + "_" + id.substring(0, Math.min(8, id.length()))
				+ ((attempt > 1) ? "_" + attempt : "");
	}

	void put(PlannedSnapshot snapshot) {
		this.ledger.put(this.scope.run(), snapshot);
	}

	@Override
	public BackupFormat format() {
		return BackupFormat.SNAPSHOT;
	}

	@Override
	public CollectionBackup of(PlannedCollection planned) {
		PlannedSnapshot snapshot = snapshot(planned);
		Collection collection = ManifestCodec.fromJson(planned.description());
		Checkpoint flushed = collection.checkpoint();
		Collection frozen = (snapshot.createdTimestamp() == 0) ? collection : collection
			.withCheckpoint(new Checkpoint(snapshot.createdTimestamp(), flushed.sealSeconds(), flushed.channels()));
		return new CollectionBackup(frozen, new SnapshotBackup(snapshot.name(), snapshot.metadataPath(),
				snapshot.files(), snapshot.bytes(), snapshot.rows()));
	}

}
