package dev.milvusbackup.backup;

import java.util.Optional;

import dev.milvusbackup.backup.SourceException.Kind;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedSnapshot;
import dev.milvusbackup.milvus.MilvusSnapshots.Place;
import dev.milvusbackup.storage.ObjectKey;

/**
 * Where Milvus is to export the snapshot of one collection to, and what is there.
 */
final class ExportedSnapshot {

	private final SnapshotRun run;

	private final PlannedCollection collection;

	private final BundleObjects bundle;

	ExportedSnapshot(SnapshotRun run, PlannedCollection collection) {
		this.run = run;
		this.collection = collection;
		this.bundle = new BundleObjects(run.places().target(), run.places().targetLayout(), collection.collectionId());
	}

	Place place() {
		return new Place(this.run.uris().uri(this.run.places().targetLayout().bundle().value()),
				this.run.uris().externalSpec());
	}

	/**
	 * The path of the description that Milvus says it has written, relative to the
	 * backup; empty when it does not lie in the backup.
	 * @throws SourceException of kind GONE when it is that of another collection
	 */
	Optional<String> path(String uri) {
		Optional<ObjectKey> key = this.run.uris()
			.key(uri)
			.filter(this.run.places().targetLayout().bundle()::contains)
			.filter((found) -> this.run.places().target().stat(found).isPresent());
		if (key.isPresent() && !this.bundle.isDescription(key.get())) {
			throw new SourceException(Kind.GONE, "it was dropped and created again meanwhile", null);
		}
		return key.map(this.run.places().targetLayout()::relative);
	}

	SourceException elsewhere(String uri) {
		return new SourceException(Kind.PREFLIGHT,
				"unable to find the snapshot of '" + this.collection.name() + "': Milvus exported it to '" + uri
						+ "', which is not in '" + this.run.places().target().address() + "/"
						+ this.run.places().targetLayout().bundle() + "'",
				"let backup.storage be a store that Milvus reaches too; if it does so by another address,"
						+ " set backup.storage.milvusAddress");
	}

	/**
	 * With what an export has left that has ended well; empty when none has.
	 */
	Optional<PlannedSnapshot> found(PlannedSnapshot snapshot) {
		return this.bundle.description().map((description) -> {
			BundleObjects.Sum sum = this.bundle.sum();
			return snapshot.exported(this.run.places().targetLayout().relative(description), sum.files(), sum.bytes());
		});
	}

	/**
	 * Removes what an export left that did not end well.
	 */
	void clear() {
		this.bundle.clear();
	}

}
