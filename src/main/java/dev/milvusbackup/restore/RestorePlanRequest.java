package dev.milvusbackup.restore;

import java.util.List;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;

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
		String suffix, List<String> renames, Options options, String taskId) {

	public RestorePlanRequest {
		renames = List.copyOf(renames);
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
