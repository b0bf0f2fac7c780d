package dev.milvusbackup.manifest;

import dev.milvusbackup.storage.ObjectKey;

/**
 * A collection's snapshot in a backup.
 *
 * @param name of the snapshot in the source, empty when unknown; a key of our own
 * @param metadataPath of the description that Milvus wrote, relative to the backup's
 * directory; empty as long as there is none
 * @param files that Milvus copied
 * @param bytes of these files
 * @param rows of the collection when the snapshot was taken, 0 when unknown; a key of our
 * own
 */
public record SnapshotBackup(String name, String metadataPath, long files, long bytes, long rows) {

	static void write(JsonWriter json, SnapshotBackup snapshot) {
		json.text("metadata_path", snapshot.metadataPath())
			.number("total_files", snapshot.files())
			.number("total_bytes", snapshot.bytes())
			.text("snapshot_name", snapshot.name())
			.number("row_count", snapshot.rows());
	}

	static SnapshotBackup read(JsonObject json) {
		return new SnapshotBackup(json.text("snapshot_name"), path(json), json.number("total_files"),
				json.number("total_bytes"), json.number("row_count"));
	}

	/** Nothing outside of the backup. */
	private static String path(JsonObject json) {
		String path = json.text("metadata_path").replaceAll("^/+|/+$", "");
		try {
			return path.isEmpty() ? path : new ObjectKey(path).value();
		}
		catch (IllegalArgumentException ex) {
			throw json.damaged("'" + path + "' is no path in the backup");
		}
	}

}
