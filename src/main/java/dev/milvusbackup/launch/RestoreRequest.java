package dev.milvusbackup.launch;

import java.util.List;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import org.jspecify.annotations.Nullable;

/**
 * What to restore under which names (behaviour.md A.2 and F).
 *
 * @param sourceFilter selects by names in the backup (the deprecated flags)
 * @param targetFilter selects by names after the mapping ({@code --filter})
 * @param suffix appended to collection names, empty for none
 * @param renames {@code from:to} rules in the grammar of {@code --rename}
 * @param restoreId names the run, null to derive its identity from the request
 */
public record RestoreRequest(BackupName name, CollectionFilter sourceFilter, CollectionFilter targetFilter,
		String suffix, List<String> renames, Options options, @Nullable String restoreId) {

	public RestoreRequest {
		renames = List.copyOf(renames);
	}

	/**
	 * The switches.
	 */
	public record Options(boolean rebuildIndex, boolean useAutoIndex, boolean metaOnly, boolean dropExistCollection,
			boolean dropExistIndex, boolean skipCreateCollection) {
	}

}
