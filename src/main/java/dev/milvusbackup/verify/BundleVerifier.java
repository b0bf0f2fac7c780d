package dev.milvusbackup.verify;

import java.util.Optional;
import java.util.stream.Stream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.manifest.SegmentSink;
import dev.milvusbackup.manifest.SnapshotBackup;
import dev.milvusbackup.storage.ListingIndex;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;

/**
 * Compares what Milvus exported of snapshots with what was recorded of it. The Go tool
 * records sums only. For one verification; not thread-safe.
 */
final class BundleVerifier {

	private final ObjectStore store;

	private final Problems problems;

	private final ListingIndex listing = new ListingIndex();

	private long objects;

	private long bytes;

	private long recorded;

	BundleVerifier(ObjectStore store, Problems problems) {
		this.store = store;
		this.problems = problems;
	}

	void compare(BackupLayout backup) {
		this.listing.addAll(this.store.list(backup.bundle()).peek((object) -> {
			this.objects++;
			this.bytes += object.bytes();
		}));
		BackupManifest manifest = new ManifestStore(this.store).read(backup, SegmentSink.NONE);
		manifest.collections().forEach((collection) -> description(backup, collection));
		Optional<Stream<ObjectStat>> own = new ManifestStore(this.store).readObjects(backup);
		if (own.isPresent()) {
			this.objects = 0;
			this.bytes = 0;
			try (Stream<ObjectStat> expected = own.get()) {
				expected.forEach(this::compare);
			}
		}
		else {
			sums(backup, manifest);
		}
	}

	/** What a restore begins with. */
	private void description(BackupLayout backup, CollectionBackup collection) {
		SnapshotBackup snapshot = collection.snapshot();
		String name = collection.collection().name().toString();
		if (snapshot == null || snapshot.metadataPath().isEmpty()) {
			this.problems.add(backup.bundle().value(), "there is no snapshot of " + name);
			return;
		}
		ObjectKey key = backup.directory().key(snapshot.metadataPath());
		if (this.store.stat(key).isEmpty()) {
			this.problems.add(key.value(), "missing, which describes the snapshot of " + name);
		}
	}

	private void compare(ObjectStat expected) {
		this.objects++;
		this.recorded++;
		this.bytes += expected.bytes();
		if (this.listing.contains(expected.key(), expected.bytes(), expected.etag())) {
			return;
		}
		boolean sized = this.listing.contains(expected.key(), expected.bytes(), null);
		this.problems.add(expected.key().value(),
				sized ? "its entity tag is not " + expected.etag() + " any more"
						: this.store.stat(expected.key())
							.map((found) -> "has " + found.bytes() + " bytes, not " + expected.bytes())
							.orElse("missing"));
	}

	private void sums(BackupLayout backup, BackupManifest manifest) {
		long files = 0;
		long size = 0;
		for (CollectionBackup collection : manifest.collections()) {
			SnapshotBackup snapshot = collection.snapshot();
			files += (snapshot != null) ? snapshot.files() : 0;
			size += (snapshot != null) ? snapshot.bytes() : 0;
		}
		if (this.objects < files || this.bytes < size) {
			this.problems.add(backup.bundle().value(), "there are " + this.objects + " objects with " + this.bytes
					+ " bytes, Milvus exported " + files + " with " + size);
		}
	}

	long objects() {
		return this.objects;
	}

	long bytes() {
		return this.bytes;
	}

	/** How many had a recorded entity tag. */
	long recorded() {
		return this.recorded;
	}

}
