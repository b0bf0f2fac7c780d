package dev.milvusbackup.manifest;

import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.model.Segment;

/**
 * A whole backup in memory, as only tests can have it.
 */
record BackupContent(BackupManifest manifest, List<Segment> segments) {

	static BackupContent read(ManifestStore store, BackupLayout backup) {
		List<Segment> segments = new ArrayList<>();
		return new BackupContent(store.read(backup, segments::add), segments);
	}

	SegmentSource source() {
		return (collectionId, partitionId) -> this.segments.stream()
			.filter((segment) -> segment.collectionId() == collectionId && segment.partitionId() == partitionId);
	}

	List<Segment> ofCollection(long collectionId) {
		return this.segments.stream().filter((segment) -> segment.collectionId() == collectionId).toList();
	}

}
