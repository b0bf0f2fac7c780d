package dev.milvusbackup.restore;

import java.util.List;
import java.util.Optional;

import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ListingIndex;
import dev.milvusbackup.storage.ObjectKey;

/**
 * What is in the backup's store. Milvus imports whatever it finds in a directory and says
 * nothing of what is missing there, so that has to be known before.
 */
final class BackupObjects {

	private final RestorePlaces places;

	private final ListingIndex listing = new ListingIndex();

	private BackupObjects(RestorePlaces places) {
		this.places = places;
	}

	/**
	 * Lists the objects of the collections.
	 */
	static BackupObjects list(RestorePlaces places, List<RestoreTarget> targets) {
		BackupObjects objects = new BackupObjects(places);
		for (long collection : targets.stream().map(RestoreTarget::sourceId).distinct().toList()) {
			for (BinlogKind kind : BinlogKind.values()) {
				objects.listing.addAll(places.backup().list(places.layout().logs(kind, collection)));
			}
		}
		return objects;
	}

	/**
	 * What the segment lacks in the store, empty when it is whole.
	 */
	Optional<String> lack(Segment segment) {
		for (Binlog binlog : segment.binlogs()) {
			ObjectKey key = this.places.layout().key(segment, binlog);
			if (!this.listing.contains(key, binlog.bytes(), null)) {
				return Optional.of("'" + key + "' is missing or has not " + binlog.bytes() + " bytes");
			}
		}
		return Optional.empty();
	}

}
