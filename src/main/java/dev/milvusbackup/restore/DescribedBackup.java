package dev.milvusbackup.restore;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.manifest.SegmentSink;
import org.jspecify.annotations.Nullable;

/**
 * The backup's description, which is read once for an execution if it is needed at all.
 * Thread-safe.
 */
final class DescribedBackup {

	private final ManifestStore manifests;

	private final BackupLayout layout;

	private @Nullable BackupManifest known;

	DescribedBackup(RestorePlaces places) {
		this.manifests = new ManifestStore(places.backup());
		this.layout = places.layout();
	}

	/**
	 * All but the segments. Holds secrets.
	 */
	synchronized BackupManifest manifest() {
		BackupManifest manifest = this.known;
		if (manifest == null) {
			manifest = this.manifests.read(this.layout, SegmentSink.NONE);
			this.known = manifest;
		}
		return manifest;
	}

	/**
	 * Reads every segment.
	 */
	void segments(SegmentSink sink) {
		this.manifests.read(this.layout, sink);
	}

}
