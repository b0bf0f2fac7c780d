package dev.milvusbackup.rest.v1;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/restore} (behaviour.md B.6).
 *
 * @param databaseCollections a JSON text or an object: database to collections, none
 * means all; names in the backup
 * @param databaseCollectionsAfterRename the same, names in the target
 * @param skipImportDiskQuotaCheck has no meaning any more
 */
record RestoreBody(@JsonProperty("requestId") @Nullable String requestId,
		@JsonProperty("backup_name") @Nullable String backupName, @JsonProperty("id") @Nullable String id,
		@JsonProperty("async") boolean async, @JsonProperty("collection_names") @Nullable List<String> collectionNames,
		@JsonProperty("db_collections") @Nullable Object databaseCollections,
		@JsonProperty("db_collections_after_rename") @Nullable Object databaseCollectionsAfterRename,
		@JsonProperty("collection_suffix") @Nullable String collectionSuffix,
		@JsonProperty("collection_renames") @Nullable Map<String, String> collectionRenames,
		@JsonProperty("bucket_name") @Nullable String bucketName, @JsonProperty("path") @Nullable String path,
		@JsonProperty("metaOnly") boolean metaOnly, @JsonProperty("restoreIndex") boolean restoreIndex,
		@JsonProperty("useAutoIndex") boolean useAutoIndex,
		@JsonProperty("dropExistCollection") boolean dropExistCollection,
		@JsonProperty("dropExistIndex") boolean dropExistIndex,
		@JsonProperty("skipCreateCollection") boolean skipCreateCollection, @JsonProperty("rbac") boolean rbac,
		@JsonProperty("skipImportDiskQuotaCheck") boolean skipImportDiskQuotaCheck,
		@JsonProperty("maxShardNum") int maxShardNum,
		@JsonProperty("skipParams") @Nullable Map<String, List<String>> skipParams,
		@JsonProperty("useV2Restore") boolean useV2Restore,
		@JsonProperty("truncateBinlogByTs") boolean truncateBinlogByTs,
		@JsonProperty("restorePlan") @Nullable Map<String, Object> restorePlan,
		@JsonProperty("ezkMapping") @Nullable Map<String, String> ezkMapping) {

	/** The mapping holds secrets. */
	@Override
	public String toString() {
		return "RestoreBody[backup_name=" + this.backupName + ", id=" + this.id + "]";
	}

}
