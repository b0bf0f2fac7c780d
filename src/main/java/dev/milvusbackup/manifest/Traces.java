package dev.milvusbackup.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;

/**
 * Tells the directory of an unfinished or half deleted backup from any other directory,
 * which matters where the backup root path is the whole bucket.
 */
record Traces(ObjectStore store) {

	/** Written by releases up to v0.5.9 and read by none. */
	private static final String CHANNEL_CHECKPOINTS = "channel_cp_meta.json";

	private static final Set<String> FILES = Stream
		.concat(Arrays.stream(MetaFile.values()).map(MetaFile::fileName), Stream.of(CHANNEL_CHECKPOINTS))
		.collect(Collectors.toUnmodifiableSet());

	boolean of(BackupLayout backup) {
		List<String> directories = this.store.directories(backup.directory());
		return directories.contains(name(backup.binlogs().value()))
				|| directories.contains(name(backup.bundle().value()))
				|| (directories.contains(name(backup.meta().value())) && metaFiles(backup));
	}

	private boolean metaFiles(BackupLayout backup) {
		try (Stream<ObjectStat> objects = this.store.list(backup.meta())) {
			return objects.anyMatch((object) -> FILES.contains(object.key().name()));
		}
	}

	private static String name(String prefix) {
		return prefix.substring(prefix.lastIndexOf('/', prefix.length() - 2) + 1, prefix.length() - 1);
	}

}
