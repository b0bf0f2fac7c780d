package dev.milvusbackup.restore;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.milvusbackup.model.Segment;
import dev.milvusbackup.restore.RestoreException.Kind;

/**
 * Collects what of a backup the target Milvus is too old for.
 */
final class Misfits {

	private final String target;

	private final ReleaseVersion version;

	private final Map<String, Integer> l0 = new TreeMap<>();

	private final Map<String, Integer> storageV2 = new TreeMap<>();

	/**
	 * @param target names the server
	 * @param version as the server names it; one that tells nothing counts as the newest
	 */
	Misfits(String target, String version) {
		this.target = target;
		this.version = ReleaseVersion.parse(version).orElse(ReleaseVersion.NEWEST);
	}

	/**
	 * @throws RestoreException of kind INCOMPATIBLE when the source was newer
	 */
	void requireNotOlderThan(String sourceVersion) {
		ReleaseVersion.parse(sourceVersion).ifPresent((source) -> {
			if (source.isNewerReleaseThan(this.version)) {
				throw incompatible("the backup is of Milvus " + source);
			}
		});
	}

	/**
	 * @throws RestoreException of kind INCOMPATIBLE when the database is not the default
	 * one and the target has no other
	 */
	void requireDatabase(String database) {
		if (!"default".equals(database) && this.version.compareTo(ReleaseVersion.DATABASES) < 0) {
			throw incompatible("it has no databases, and '" + database + "' is asked for");
		}
	}

	void check(Segment segment, String collection) {
		if (segment.isL0() && this.version.compareTo(ReleaseVersion.L0_SEGMENTS) < 0) {
			this.l0.merge(collection, 1, Integer::sum);
		}
		if (segment.storageVersion() >= 2 && this.version.compareTo(ReleaseVersion.STORAGE_V2) < 0) {
			this.storageV2.merge(collection, 1, Integer::sum);
		}
	}

	/**
	 * @throws RestoreException of kind INCOMPATIBLE when a segment does not fit
	 */
	void requireNone() {
		if (!this.l0.isEmpty()) {
			throw incompatible("it cannot take the L0 segments of " + list(this.l0));
		}
		if (!this.storageV2.isEmpty()) {
			throw incompatible("it cannot take the segments of storage version 2 of " + list(this.storageV2));
		}
	}

	private RestoreException incompatible(String cause) {
		return new RestoreException(Kind.INCOMPATIBLE,
				"unable to restore into '" + this.target + "', a Milvus " + this.version + ": " + cause,
				"restore into the same or a newer release of Milvus");
	}

	private static String list(Map<String, Integer> segments) {
		return segments.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " (" + entry.getValue() + ")")
			.collect(Collectors.joining(", "));
	}

}
