package dev.milvusbackup.launch;

import java.util.List;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.InvalidNameException;
import dev.milvusbackup.model.RestoreDetails;
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
		String suffix, List<String> renames, Options options, @Nullable String restoreId, RestoreDetails details) {

	public RestoreRequest {
		renames = List.copyOf(renames);
		if (details.mapping() != null && (!suffix.isEmpty() || !renames.isEmpty())) {
			throw new InvalidNameException("unable to use a restore plan together with a suffix or renames",
					"write the names into the plan");
		}
		if (details.mapping() != null && !details.mapping().filter().isEmpty() && !targetFilter.isEmpty()) {
			throw new InvalidNameException("unable to use a filter together with the filter of a restore plan",
					"write all of it into the plan");
		}
		if (!suffix.matches("[A-Za-z0-9_]*")) {
			throw new InvalidNameException(
					"unable to use suffix '" + suffix + "': only letters, digits and _ are allowed", "choose another");
		}
		if (!suffix.isEmpty() && !renames.isEmpty()) {
			throw new InvalidNameException("unable to use a suffix together with renames: they exclude each other",
					"use one of them");
		}
		if (options.dropExistCollection() && options.skipCreateCollection()) {
			throw new InvalidNameException(
					"unable to drop collections that exist and to restore into them: that excludes each other",
					"use one of them");
		}
	}

	/**
	 * A restore without special wishes.
	 */
	public RestoreRequest(BackupName name, CollectionFilter sourceFilter, CollectionFilter targetFilter, String suffix,
			List<String> renames, Options options, @Nullable String restoreId) {
		this(name, sourceFilter, targetFilter, suffix, renames, options, restoreId, RestoreDetails.NONE);
	}

	/**
	 * The switches.
	 */
	public record Options(boolean rebuildIndex, boolean useAutoIndex, boolean metaOnly, boolean dropExistCollection,
			boolean dropExistIndex, boolean skipCreateCollection) {
	}

}
