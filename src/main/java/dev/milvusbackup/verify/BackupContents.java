package dev.milvusbackup.verify;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;

/**
 * Reads the objects of a backup to the last byte, a batch at a time, in the order of its
 * own list, or of the listing of a backup that has none. Not thread-safe.
 */
final class BackupContents implements AutoCloseable {

	private static final int MOST_OBJECTS = 1000;

	/** What a stop may have to wait for. */
	private static final long MOST_BYTES = 512L << 20;

	private final ObjectStore store;

	private final int concurrency;

	private final Problems problems;

	private final Stream<ObjectStat> stream;

	private final Iterator<ObjectStat> objects;

	private Position position = Position.BEGIN;

	/**
	 * @param concurrency objects read at once
	 */
	BackupContents(ObjectStore store, BackupLayout backup, int concurrency, Problems problems) {
		this.store = store;
		this.concurrency = concurrency;
		this.problems = problems;
		this.stream = new ManifestStore(store).readObjects(backup)
			.orElseGet(() -> Stream.concat(store.list(backup.binlogs()), store.list(backup.bundle())));
		this.objects = this.stream.iterator();
	}

	/**
	 * Goes on after what an earlier execution has read.
	 * @return false when the order is not the same any more: begin anew then
	 */
	boolean skipTo(Position read) {
		String last = "";
		for (long skipped = 0; skipped < read.objects(); skipped++) {
			if (!this.objects.hasNext()) {
				return false;
			}
			last = this.objects.next().key().value();
		}
		this.position = read;
		return last.equals(read.lastKey());
	}

	/**
	 * Reads the next batch.
	 * @return how far it is now, empty when nothing was left
	 * @throws dev.milvusbackup.storage.StorageException when the store fails otherwise
	 * than by a missing or cut object
	 */
	Optional<Position> next() {
		List<ObjectStat> batch = new ArrayList<>();
		long bytes = 0;
		while (batch.size() < MOST_OBJECTS && bytes < MOST_BYTES && this.objects.hasNext()) {
			ObjectStat object = this.objects.next();
			batch.add(object);
			bytes += object.bytes();
		}
		if (batch.isEmpty()) {
			return Optional.empty();
		}
		long hashed = new ContentReader(this.store, this.concurrency, this.problems).readAll(batch.stream());
		this.position = new Position(this.position.objects() + batch.size(), this.position.bytes() + bytes,
				this.position.hashed() + hashed, batch.get(batch.size() - 1).key().value());
		return Optional.of(this.position);
	}

	@Override
	public void close() {
		this.stream.close();
	}

	/**
	 * What has been read.
	 *
	 * @param hashed objects that had a checksum to compare with
	 */
	record Position(long objects, long bytes, long hashed, String lastKey) {

		static final Position BEGIN = new Position(0, 0, 0, "");

	}

}
