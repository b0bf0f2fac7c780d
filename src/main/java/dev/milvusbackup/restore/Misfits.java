package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.restore.RestoreException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Collects what of a backup the target Milvus is too old for.
 */
final class Misfits {

	private static final Logger LOG = LoggerFactory.getLogger(Misfits.class);

	private final String target;

	private final ReleaseVersion version;

	private final boolean force;

	private final Map<String, Set<String>> features = new TreeMap<>();

	private final Map<String, Integer> l0 = new TreeMap<>();

	private final Map<String, Integer> storageV2 = new TreeMap<>();

	/**
	 * @param target names the server
	 * @param version as the server names it; one that tells nothing counts as the newest
	 */
	Misfits(String target, String version) {
		this(target, version, false);
	}

	/**
	 * @param force only logs what does not fit
	 */
	Misfits(String target, String version, boolean force) {
		this.force = force;
		this.target = target;
		this.version = ReleaseVersion.parse(version).orElse(ReleaseVersion.NEWEST);
	}

	/**
	 * @throws RestoreException of kind INCOMPATIBLE when the source was newer
	 */
	void requireNotOlderThan(String sourceVersion) {
		ReleaseVersion.parse(sourceVersion).ifPresent((source) -> {
			if (source.isNewerReleaseThan(this.version)) {
				refuse(List.of("the backup is of Milvus " + source));
			}
		});
	}

	/**
	 * @throws RestoreException of kind INCOMPATIBLE when the database is not the default
	 * one and the target has no other
	 */
	void requireDatabase(String database) {
		if (!"default".equals(database) && this.version.compareTo(ReleaseVersion.DATABASES) < 0) {
			refuse(List.of("it has no databases, and '" + database + "' is asked for"));
		}
	}

	/**
	 * @throws RestoreException of kind INCOMPATIBLE when the target cannot import by REST
	 */
	void requireImportJobs() {
		if (this.version.compareTo(ReleaseVersion.IMPORT_JOBS) < 0) {
			refuse(List.of("it cannot import by REST, which --use_v2_restore asks for"));
		}
	}

	/**
	 * @throws RestoreException of kind INCOMPATIBLE when the target cannot count rows
	 */
	void requireCounts() {
		if (this.version.compareTo(ReleaseVersion.COUNTS) < 0) {
			refuse(List.of("it cannot count rows by a query, which --count_rows asks for"));
		}
	}

	void check(Collection collection) {
		NeededFeatures.of(collection).forEach((feature, since) -> {
			if (this.version.compareTo(since) < 0) {
				this.features.computeIfAbsent(feature + " (from " + since + " on)", (key) -> new TreeSet<>())
					.add(collection.name().toString());
			}
		});
	}

	void check(Segment segment, String collection) {
		if (segment.isL0() && this.version.compareTo(ReleaseVersion.L0_SEGMENTS) < 0) {
			this.l0.merge(collection, 1, Integer::sum);
		}
		if (segment.hasColumnGroups() && this.version.compareTo(ReleaseVersion.STORAGE_V2) < 0) {
			this.storageV2.merge(collection, 1, Integer::sum);
		}
	}

	/**
	 * @throws RestoreException of kind INCOMPATIBLE that names all that does not fit
	 */
	void requireNone() {
		List<String> causes = new ArrayList<>();
		if (!this.l0.isEmpty()) {
			causes.add("it cannot take the L0 segments of " + list(this.l0));
		}
		if (!this.storageV2.isEmpty()) {
			causes.add("it cannot take the segments of storage version 2 of " + list(this.storageV2));
		}
		this.features.forEach(
				(feature, collections) -> causes.add("it has not " + feature + ": " + String.join(", ", collections)));
		refuse(causes);
	}

	private void refuse(List<String> causes) {
		if (causes.isEmpty()) {
			return;
		}
		String message = "unable to restore into '" + this.target + "', a Milvus " + this.version + ": "
				+ String.join("; ", causes);
		if (!this.force) {
			throw new RestoreException(Kind.INCOMPATIBLE, message,
					"restore into the same or a newer release of Milvus, or try it with --force_version");
		}
		LOG.warn("trying nevertheless, as asked: {}", message);
	}

	private static String list(Map<String, Integer> segments) {
		return segments.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " (" + entry.getValue() + ")")
			.collect(Collectors.joining(", "));
	}

}
