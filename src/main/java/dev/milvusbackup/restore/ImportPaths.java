package dev.milvusbackup.restore;

import dev.milvusbackup.layout.StagingLayout;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectPrefix;

/**
 * The directories of a segment group as Milvus sees them: in the backup, or among the
 * temporary copies. Pure.
 *
 * @param taskId names the temporary copies
 */
record ImportPaths(RestorePlaces places, String taskId) {

	/**
	 * The directory that holds the group's objects of the kind; ends in a slash.
	 */
	String group(BinlogKind kind, Segment segment, CollectionName target) {
		return path(this.places.layout().group(kind, segment), target);
	}

	/**
	 * The directory of one L0 segment; ends in a slash.
	 */
	String l0(Segment segment, CollectionName target) {
		ObjectPrefix group = this.places.layout().group(BinlogKind.DELTA, segment);
		boolean grouped = group.value().endsWith("/" + segment.id() + "/");
		return path(grouped ? group : group.directory(segment.id()), target);
	}

	private String path(ObjectPrefix prefix, CollectionName target) {
		if (this.places.staging() == null) {
			return this.places.backupStorage().milvusPath(prefix.value());
		}
		StagingLayout staging = new StagingLayout(this.taskId, target);
		return this.places.milvusStorage().milvusPath(staging.prefix(this.places.layout(), prefix).value());
	}

}
