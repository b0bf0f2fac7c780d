package dev.milvusbackup.manifest;

import java.util.List;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.Database;

/**
 * What {@code BackupInfo} says of the backup as a whole.
 *
 * @param format empty for binlogs
 * @param databases in the marker only when {@code l0compact} of the Go tool wrote it
 * @param cluster as the databases
 */
record Header(String id, long bytes, String milvusVersion, String format, List<Database> databases,
		ClusterState cluster) {

	private static final String SNAPSHOT = "snapshot";

	static Header of(JsonObject json) {
		return new Header(json.text("id"), json.number("size"), json.text("milvus_version"), json.text("format"),
				ClusterCodec.databases(json), ClusterCodec.read(json));
	}

	/**
	 * @throws ManifestException of kind UNKNOWN_FORMAT
	 */
	void requireReadable(String document) {
		if (!this.format.isEmpty()) {
			String cause = this.format.equals(SNAPSHOT)
					? "it is of the snapshot format, which is not supported yet (milvus-backup 0.6, Milvus 3.0)"
					: "it is of an unknown format '" + this.format + "'";
			throw new ManifestException(ManifestException.Kind.UNKNOWN_FORMAT,
					"unable to read '" + document + "': " + cause,
					"use the release of milvus-backup that wrote it, or a newer one", null);
		}
	}

	BackupEntry toEntry(BackupName name) {
		return new BackupEntry(name, BackupEntry.State.COMPLETE, this.id, this.bytes, this.milvusVersion);
	}

}
