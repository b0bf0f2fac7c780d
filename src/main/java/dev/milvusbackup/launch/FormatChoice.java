package dev.milvusbackup.launch;

import java.util.Optional;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.launch.CreateRequest.Format;
import dev.milvusbackup.launch.CreateRequest.Strategy;
import dev.milvusbackup.layout.SnapshotUris;
import dev.milvusbackup.manifest.BackupFormat;
import dev.milvusbackup.milvus.MilvusSnapshots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides on the format of a backup, before anything is begun.
 */
record FormatChoice(Settings settings) {

	private static final Logger logger = LoggerFactory.getLogger(FormatChoice.class);

	private static final String UNABLE = "unable to use the snapshot format: ";

	SnapshotUris uris() {
		return new SnapshotUris(this.settings.milvusStorage(), this.settings.backupStorage());
	}

	/**
	 * @throws LaunchException with exit code 7 when the server is too old for what is
	 * asked, or 2 when it does not fit the rest of the request or the configuration
	 */
	BackupFormat of(CreateRequest request, MilvusSnapshots snapshots) {
		boolean metaOnly = request.strategy() == Strategy.META_ONLY;
		return switch (request.format()) {
			case BINLOG -> BackupFormat.BINLOG;
			case SNAPSHOT -> {
				requireSnapshots(metaOnly, snapshots);
				yield BackupFormat.SNAPSHOT;
			}
			case AUTO ->
				(!metaOnly && snapshots.areSupported() && canBeReached()) ? BackupFormat.SNAPSHOT : BackupFormat.BINLOG;
		};
	}

	private void requireSnapshots(boolean metaOnly, MilvusSnapshots snapshots) {
		if (!snapshots.areSupported()) {
			throw new LaunchException(ExitCode.INCOMPATIBLE, UNABLE + "this Milvus is older than 3.0",
					"leave out --format, or use --format binlog");
		}
		if (metaOnly) {
			throw new LaunchException(ExitCode.USAGE, UNABLE + "a backup without rows has none",
					"leave out --format, or the strategy meta_only");
		}
		uris().problem().ifPresent((problem) -> {
			throw new LaunchException(ExitCode.USAGE, UNABLE + problem,
					"use --format binlog, or another backup storage");
		});
	}

	private boolean canBeReached() {
		Optional<String> problem = uris().problem();
		problem.ifPresent((cause) -> logger.info("copying binlogs: {}", cause));
		return problem.isEmpty();
	}

	/**
	 * What the options of a run say; runs know what was decided.
	 */
	static Format of(String option) {
		return BackupFormat.SNAPSHOT.text().equals(option) ? Format.SNAPSHOT : Format.BINLOG;
	}

}
