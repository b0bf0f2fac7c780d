package dev.milvusbackup.backup;

import java.util.List;

import dev.milvusbackup.backup.SourceException.Kind;
import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.SegmentLevel;
import dev.milvusbackup.storage.ObjectPrefix;

/**
 * Says what it means that the server lists a segment of which the store has nothing:
 * damage, or, when it has nothing of the whole collection, that this is not the place
 * where Milvus keeps its data.
 */
record MissingObjects(BackupPlaces places) {

	SourceException of(Collection collection, PersistentSegment segment, boolean othersFound) {
		boolean deletes = segment.level() == SegmentLevel.L0;
		ObjectPrefix logs = this.places.sourceLayout()
			.logs(deletes ? BinlogKind.DELTA : BinlogKind.INSERT, collection.id());
		String message = "unable to back up '" + collection.name() + "': segment " + segment.id()
				+ (deletes ? " of deletes has no delta logs" : " has " + segment.rows() + " rows but no insert logs")
				+ " below '" + logs + "' in '" + this.places.source().address() + "'";
		return othersFound
				? new SourceException(Kind.SOURCE, message,
						"its objects are missing in the Milvus bucket while those of other segments are there; run the"
								+ " same command again, and if it stays, compact the collection")
				: new SourceException(Kind.PREFLIGHT, message,
						"set the bucket and root path of Milvus's storage to those that Milvus itself uses; now it is '"
								+ this.places.sourceLayout().root() + "', " + whatIsThere());
	}

	private String whatIsThere() {
		ObjectPrefix root = this.places.sourceLayout().root();
		List<String> there = this.places.source().directories(root);
		if (!there.isEmpty()) {
			return "which has the directories " + String.join(", ", there);
		}
		List<String> top = root.equals(ObjectPrefix.ROOT) ? List.of()
				: this.places.source().directories(ObjectPrefix.ROOT);
		return "which has no directories at all"
				+ (top.isEmpty() ? "" : "; at the top there are " + String.join(", ", top));
	}

}
