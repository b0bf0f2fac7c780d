package dev.milvusbackup.manifest;

import java.util.Arrays;
import java.util.List;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.Database;

/**
 * What {@code BackupInfo} says of the backup as a whole.
 *
 * @param format as written, empty for binlogs
 * @param databases in the marker only when {@code l0compact} of the Go tool wrote it
 * @param cluster as the databases
 */
record Header(String id, long bytes, String milvusVersion, String format, List<Database> databases,
		ClusterState cluster) {

	static Header of(JsonObject json) {
		return new Header(json.text("id"), json.number("size"), json.text("milvus_version"), json.text("format"),
				ClusterCodec.databases(json), ClusterCodec.read(json));
	}

	/**
	 * @throws ManifestException of kind UNKNOWN_FORMAT
	 */
	void requireReadable(String document) {
		if (Arrays.stream(BackupFormat.values()).noneMatch((known) -> known.text().equals(this.format))) {
			throw new ManifestException(ManifestException.Kind.UNKNOWN_FORMAT,
					"unable to read '" + document + "': it is of an unknown format '" + this.format + "'",
					"use the release of milvus-backup that wrote it, or a newer one", null);
		}
	}

	BackupFormat knownFormat() {
		return BackupFormat.SNAPSHOT.text().equals(this.format) ? BackupFormat.SNAPSHOT : BackupFormat.BINLOG;
	}

	BackupEntry toEntry(BackupName name) {
		return new BackupEntry(name, BackupEntry.State.COMPLETE, this.id, this.bytes, this.milvusVersion,
				knownFormat());
	}

}
