package dev.milvusbackup.retention;

import java.util.List;

import dev.milvusbackup.manifest.DatedBackup;

/**
 * What becomes of a backup.
 *
 * @param expires whether it goes
 * @param reasons at least one
 */
public record Verdict(DatedBackup backup, boolean expires, List<String> reasons) {

	public Verdict {
		reasons = List.copyOf(reasons);
	}

}
