package dev.milvusbackup.rest.v2;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.milvusbackup.launch.OrderDate;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.RestoreTexts;
import dev.milvusbackup.launch.RunLog;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.EncryptionKeys;
import dev.milvusbackup.model.InvalidNameException;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Load;
import dev.milvusbackup.model.RestoreDetails.Roles;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.RestoreMapping;
import dev.milvusbackup.model.SkipParams;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What to restore: the options of the command line.
 *
 * @param id names the restore, so that it is never done twice; null for none
 * @param filter by names in the target: {@code db.*,db.collection,collection,db.},
 * everything when empty
 * @param suffix appended to collection names
 * @param renames {@code from:to} each
 * @param restorePlan as {@code restorePlan} of the Go tool's API
 * @param skipParams as {@code skipParams} of the Go tool's API
 * @param rbacDatabases with {@code rbac}: only the privileges in these
 * @param ezkMapping keys of encrypted databases, old to new; secrets
 * @param odate order date of a scheduler, for {@code {odate}} in names; names the restore
 * when there is no id
 */
public record NewRestore(@Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String backup,
		@Nullable String id, @Nullable String filter, @Nullable String suffix, @Nullable List<String> renames,
		@JsonProperty("rebuild_index") boolean rebuildIndex, @JsonProperty("use_auto_index") boolean useAutoIndex,
		@JsonProperty("meta_only") boolean metaOnly, @JsonProperty("drop_exist_collection") boolean dropExistCollection,
		@JsonProperty("drop_exist_index") boolean dropExistIndex,
		@JsonProperty("skip_create_collection") boolean skipCreateCollection,
		@JsonProperty("restore_plan") @Nullable Map<String, Object> restorePlan,
		@JsonProperty("skip_params") @Nullable Map<String, Object> skipParams,
		@JsonProperty("max_shard_num") int maxShards, @JsonProperty("truncate_binlog_by_ts") boolean truncate,
		@JsonProperty("use_v2_restore") boolean useV2Restore, @JsonProperty("load") boolean load,
		@JsonProperty("load_anywhere") boolean loadAnywhere, @JsonProperty("move_aliases") boolean moveAliases,
		@JsonProperty("count_rows") boolean countRows, @JsonProperty("force_version") boolean forceVersion,
		@JsonProperty("rbac") boolean rbac, @JsonProperty("rbac_databases") @Nullable Set<String> rbacDatabases,
		@JsonProperty("ezk_mapping") @Nullable Map<String, String> ezkMapping,
		@JsonProperty("odate") @Nullable String odate) {

	/**
	 * @throws dev.milvusbackup.BackupException when a field has a value that there is
	 * not, or fields exclude each other
	 */
	public RestoreRequest request() {
		OrderDate date = text(this.odate).isBlank() ? null : OrderDate.parse(text(this.odate));
		if (date != null) {
			RunLog.mark("odate", date.value());
		}
		RestoreRequest.Options options = new RestoreRequest.Options(this.rebuildIndex, this.useAutoIndex, this.metaOnly,
				this.dropExistCollection, this.dropExistIndex, this.skipCreateCollection);
		return new RestoreRequest(new BackupName(dated(this.backup, date)), CollectionFilter.ALL,
				CollectionFilter.parse(text(this.filter)), dated(this.suffix, date), renames(date), options, id(date),
				details());
	}

	private List<String> renames(@Nullable OrderDate date) {
		return (this.renames == null) ? List.of() : this.renames.stream().map((rule) -> dated(rule, date)).toList();
	}

	/** The restore of an order date has a name, so that it is not done twice. */
	private @Nullable String id(@Nullable OrderDate date) {
		if (text(this.id).isBlank()) {
			return (date != null) ? date.value() : null;
		}
		return dated(this.id, date);
	}

	private static String dated(@Nullable String text, @Nullable OrderDate date) {
		return (date != null) ? date.in(text(text)) : text(text);
	}

	private RestoreDetails details() {
		if (this.load && this.loadAnywhere) {
			throw new InvalidNameException(
					"unable to use 'load' together with 'load_anywhere': they exclude each other", "use one of them");
		}
		RestoreMapping mapping = (this.restorePlan != null) ? RestoreTexts.plan(this.restorePlan) : null;
		return new RestoreDetails(mapping, this.maxShards,
				(this.skipParams != null) ? RestoreTexts.skipParams(this.skipParams) : SkipParams.NONE, this.truncate,
				new Wishes(this.useV2Restore, this.loadAnywhere ? Load.ANYWHERE : this.load ? Load.AS_BEFORE : Load.NO,
						this.moveAliases, this.forceVersion, this.countRows),
				new Roles(this.rbac, (this.rbacDatabases != null) ? this.rbacDatabases : Set.of()),
				(this.ezkMapping != null) ? RestoreTexts.keys(this.ezkMapping) : EncryptionKeys.NONE);
	}

	private static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

	/** The mapping holds secrets. */
	@Override
	public String toString() {
		return "NewRestore[backup=" + this.backup + ", id=" + this.id + "]";
	}

}
