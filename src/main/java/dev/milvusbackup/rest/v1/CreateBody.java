package dev.milvusbackup.rest.v1;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/create} (behaviour.md B.2).
 *
 * @param databaseCollections a JSON text or an object: database to collections, none
 * means all
 * @param gcPauseSeconds has no meaning any more
 */
record CreateBody(@JsonProperty("requestId") @Nullable String requestId,
		@JsonProperty("backup_name") @Nullable String backupName, @JsonProperty("async") boolean async,
		@JsonProperty("collection_names") @Nullable List<String> collectionNames,
		@JsonProperty("db_collections") @Nullable Object databaseCollections, @JsonProperty("force") boolean force,
		@JsonProperty("meta_only") boolean metaOnly, @JsonProperty("gc_pause_enable") boolean gcPauseEnable,
		@JsonProperty("gc_pause_seconds") long gcPauseSeconds,
		@JsonProperty("gc_pause_address") @Nullable String gcPauseAddress, @JsonProperty("rbac") boolean rbac,
		@JsonProperty("backup_root_path") @Nullable String backupRootPath,
		@JsonProperty("filter") @Nullable Map<String, Selection.Collections> filter,
		@JsonProperty("strategy") @Nullable String strategy, @JsonProperty("with_index_extra") boolean withIndexExtra,
		@JsonProperty("format") @Nullable String format) {
}
