package dev.milvusbackup.restore;

import java.util.List;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreMapping;

/**
 * What to restore under which names.
 *
 * @param sourceFilter selects by names in the backup
 * @param targetFilter selects by names after the mapping; a name that no target has may
 * be one in the backup
 * @param suffix appended to collection names, empty for none
 * @param renames {@code from:to} rules
 * @param taskId names the temporary copies: unique among the restores that share the
 * Milvus bucket, the same at every restart
 */
public record RestorePlanRequest(BackupName name, CollectionFilter sourceFilter, CollectionFilter targetFilter,
		String suffix, List<String> renames, Options options, String taskId, RestoreDetails details) {

	public RestorePlanRequest {
		renames = List.copyOf(renames);
	}

	/**
	 * A restore without special wishes.
	 */
	public RestorePlanRequest(BackupName name, CollectionFilter sourceFilter, CollectionFilter targetFilter,
			String suffix, List<String> renames, Options options, String taskId) {
		this(name, sourceFilter, targetFilter, suffix, renames, options, taskId, RestoreDetails.NONE);
	}

	/**
	 * The same request, with the indexes of the backup.
	 */
	RestorePlanRequest withIndexes() {
		return new RestorePlanRequest(this.name, this.sourceFilter, this.targetFilter, this.suffix, this.renames,
				new Options(true, this.options.useAutoIndex(), this.options.metaOnly(),
						this.options.dropExistCollection(), this.options.dropExistIndex(),
						this.options.skipCreateCollection()),
				this.taskId, this.details);
	}

	/**
	 * The names in the target.
	 * @throws RestoreException of kind PREFLIGHT when they cannot be used
	 */
	CollectionRenamer renamer() {
		RestoreMapping mapping = this.details.mapping();
		return (mapping != null) ? CollectionRenamer.of(mapping) : CollectionRenamer.of(this.suffix, this.renames);
	}

	/**
	 * Selects by names after the mapping; a full plan may bring a filter of its own.
	 */
	CollectionFilter targets() {
		RestoreMapping mapping = this.details.mapping();
		return (mapping != null && !mapping.filter().isEmpty()) ? mapping.filter() : this.targetFilter;
	}

	/**
	 * The switches.
	 *
	 * @param rebuildIndex creates the indexes of the backup
	 * @param useAutoIndex with the type AUTOINDEX for vectors instead of their own
	 * @param metaOnly collections and indexes without rows
	 * @param dropExistCollection drops targets that exist
	 * @param dropExistIndex drops the indexes of targets that exist
	 * @param skipCreateCollection restores into collections that exist
	 */
	public record Options(boolean rebuildIndex, boolean useAutoIndex, boolean metaOnly, boolean dropExistCollection,
			boolean dropExistIndex, boolean skipCreateCollection) {

		/** None of them. */
		public static final Options NONE = new Options(false, false, false, false, false, false);

	}

}
