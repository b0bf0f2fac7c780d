package dev.milvusbackup.launch;

import dev.milvusbackup.retention.RetentionPolicy;

/**
 * What {@code expire} is asked for.
 *
 * @param prefix the backups whose names begin so; empty for all
 * @param apply deletes; otherwise it is only told what would go
 */
public record ExpireRequest(String prefix, RetentionPolicy policy, boolean apply) {

	/**
	 * The backups that it looks at, as a pattern.
	 */
	String backups() {
		return this.prefix + "*";
	}

}
