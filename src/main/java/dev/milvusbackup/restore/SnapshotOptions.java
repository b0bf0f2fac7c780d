package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.model.EncryptionKeys;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreMapping;
import dev.milvusbackup.restore.RestoreException.Kind;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be asked of a restore that Milvus carries out: it makes the collections as
 * they were, or not at all (behaviour.md F.1). Pure.
 */
record SnapshotOptions(RestorePlanRequest request) {

	private static final Logger logger = LoggerFactory.getLogger(SnapshotOptions.class);

	/**
	 * @param notes is told what has no effect
	 * @throws RestoreException of kind PREFLIGHT that names all that cannot be done
	 */
	void check(List<Chosen> chosen, Consumer<String> notes) {
		List<String> refused = new ArrayList<>();
		RestoreDetails details = this.request.details();
		add(refused, "--skip_create_collection", this.request.options().skipCreateCollection());
		add(refused, "--meta_only", this.request.options().metaOnly());
		add(refused, "truncateBinlogByTs", details.truncate());
		add(refused, "a mapping of encryption keys", !details.keys().equals(EncryptionKeys.NONE));
		add(refused, "a number of shards in the plan", overridesShards(details.mapping()));
		int most = details.maxShards();
		chosen.stream()
			.map(Chosen::backup)
			.filter((backup) -> most > 0 && backup.collection().shards() > most)
			.forEach((backup) -> refused.add(
					"at most " + most + " shards for " + name(backup) + ", which has " + backup.collection().shards()));
		if (!refused.isEmpty()) {
			throw new RestoreException(Kind.PREFLIGHT,
					"unable to restore '" + this.request.name() + "' with " + String.join(", ", refused)
							+ ": it is of the snapshot format, and Milvus restores that as it was",
					"leave these options out");
		}
		warn(notes);
	}

	private void warn(Consumer<String> notes) {
		List<String> ignored = new ArrayList<>();
		add(ignored, "--drop_exist_index", this.request.options().dropExistIndex());
		add(ignored, "--rebuild_index", this.request.options().rebuildIndex());
		add(ignored, "--use_auto_index", this.request.options().useAutoIndex());
		add(ignored, "--use_v2_restore", this.request.details().wishes().rest());
		if (!ignored.isEmpty()) {
			String note = "without effect on a backup of the snapshot format, whose indexes come back as they were: "
					+ String.join(", ", ignored);
			logger.warn(note);
			notes.accept(note);
		}
	}

	private static boolean overridesShards(@Nullable RestoreMapping mapping) {
		return mapping != null && mapping.databases()
			.stream()
			.flatMap((database) -> database.collections().stream())
			.anyMatch((collection) -> collection.shards() > 0);
	}

	private static String name(CollectionBackup backup) {
		return backup.collection().name().toString();
	}

	private static void add(List<String> options, String option, boolean used) {
		if (used) {
			options.add(option);
		}
	}

}
