package dev.milvusbackup.verify;

import java.util.concurrent.atomic.AtomicLong;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.manifest.BackupFormat;
import dev.milvusbackup.manifest.ManifestException;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;
import dev.milvusbackup.storage.ListingIndex;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;

/**
 * Verifies one backup, of this tool or of the Go tool. Every object that the description
 * names has to be there with its size; a backup of this tool also recorded entity tags,
 * which have to be the same still.
 */
final class BackupVerifier {

	private final ObjectStore store;

	private final Problems problems;

	private final AtomicLong objects = new AtomicLong();

	private final AtomicLong bytes = new AtomicLong();

	/**
	 * For one verification.
	 * @param problems take what is found
	 */
	BackupVerifier(ObjectStore store, Problems problems) {
		this.store = store;
		this.problems = problems;
	}

	/**
	 * Compares keys, sizes and entity tags by one listing; reads no data. A description
	 * that is damaged itself is a problem; as much of it as can be read is compared.
	 * @throws ManifestException when there is no description, or none of a known format
	 */
	Verification compare(BackupLayout backup) {
		long recorded = 0;
		try {
			recorded = compareListing(backup);
		}
		catch (ManifestException ex) {
			this.problems.addDescription(backup, ex);
		}
		return new Verification(this.objects.get(), this.bytes.get(), recorded);
	}

	/**
	 * Returns how many objects had a recorded entity tag.
	 */
	private long compareListing(BackupLayout backup) {
		ManifestStore manifests = new ManifestStore(this.store);
		if (manifests.readHeader(backup).format() == BackupFormat.SNAPSHOT) {
			return compareBundle(backup);
		}
		ListingIndex listing = new ListingIndex();
		listing.addAll(this.store.list(backup.binlogs()));
		manifests.read(backup, (segment) -> compare(backup, segment, listing));
		AtomicLong recorded = new AtomicLong();
		manifests.readObjects(backup).ifPresent((own) -> {
			try (own) {
				own.forEach((object) -> {
					recorded.incrementAndGet();
					if (!listing.contains(object.key(), object.bytes(), object.etag())) {
						changed(object, listing);
					}
				});
			}
		});
		return recorded.get();
	}

	private long compareBundle(BackupLayout backup) {
		BundleVerifier bundle = new BundleVerifier(this.store, this.problems);
		bundle.compare(backup);
		this.objects.addAndGet(bundle.objects());
		this.bytes.addAndGet(bundle.bytes());
		return bundle.recorded();
	}

	private void compare(BackupLayout backup, Segment segment, ListingIndex listing) {
		boolean hasRows = segment.binlogs().stream().anyMatch((binlog) -> binlog.kind() == BinlogKind.INSERT);
		if (segment.level() == SegmentLevel.DATA && segment.rows() > 0 && !hasRows) {
			this.problems.add(backup.segment(BinlogKind.INSERT, segment).value(),
					"the description names no insert logs for " + segment.rows() + " rows");
		}
		for (Binlog binlog : segment.binlogs()) {
			ObjectStat expected = new ObjectStat(backup.key(segment, binlog), binlog.bytes(), null);
			this.objects.incrementAndGet();
			this.bytes.addAndGet(binlog.bytes());
			if (!listing.contains(expected.key(), expected.bytes(), null)) {
				this.problems.add(expected.key().value(),
						this.store.stat(expected.key())
							.map((found) -> "has " + found.bytes() + " bytes, not " + expected.bytes())
							.orElse("missing"));
			}
		}
	}

	/**
	 * A wrong size was reported with the description already.
	 */
	private void changed(ObjectStat object, ListingIndex listing) {
		if (listing.contains(object.key(), object.bytes(), null)) {
			this.problems.add(object.key().value(), "its entity tag is not " + object.etag() + " any more");
		}
	}

}
