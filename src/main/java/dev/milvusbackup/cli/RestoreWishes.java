package dev.milvusbackup.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

import dev.milvusbackup.config.RequestFile;
import dev.milvusbackup.launch.RestoreTexts;
import dev.milvusbackup.model.EncryptionKeys;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Load;
import dev.milvusbackup.model.RestoreDetails.Roles;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.RestoreMapping;
import dev.milvusbackup.model.SkipParams;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * Options of {@code restore} that few need.
 */
final class RestoreWishes {

	@Option(names = "--restore_plan", paramLabel = "<file>",
			description = "Full mapping of names, as the REST API's restorePlan, in JSON or YAML.")
	@Nullable Path restorePlan;

	@Option(names = "--skip_params", paramLabel = "<file>",
			description = "Keys not to restore, as the REST API's skipParams, in JSON or YAML.")
	@Nullable Path skipParams;

	@Option(names = "--max_shard_num", paramLabel = "<n>", description = "Most shards of a collection.")
	int maxShards;

	@Option(names = "--truncate_binlog_by_ts",
			description = "Leaves out rows and deletes after the backup's channel checkpoints, or its flush of everything.")
	boolean truncate;

	@Option(names = "--use_v2_restore", description = "Imports by REST or not at all (default: where Milvus has it).")
	boolean useV2Restore;

	@Option(names = "--load", description = "Loads what was loaded, with its replicas and resource groups.")
	boolean load;

	@Option(names = "--load_anywhere", description = "Loads what was loaded, as the target loads by itself.")
	boolean loadAnywhere;

	@Option(names = "--count_rows",
			description = "Counts the rows of each collection by a query, and loads it for that.")
	boolean countRows;

	@Option(names = "--move_aliases", description = "Takes aliases away from other collections, at the end.")
	boolean moveAliases;

	@Option(names = "--force_version", description = "Tries it with a Milvus that seems too old.")
	boolean forceVersion;

	@Option(names = "--rbac", description = "Restores users, roles, privileges and privilege groups that are missing.")
	boolean rbac;

	@Option(names = "--rbac_databases", paramLabel = "<databases>", split = ",",
			description = "With --rbac: only the privileges in these, and who has them.")
	List<String> rbacDatabases = List.of();

	@Option(names = "--ezk_mapping", paramLabel = "<file>",
			description = "Keys of encrypted databases that have changed, old to new, in JSON or YAML.")
	@Nullable Path ezkMapping;

	/**
	 * What was asked for.
	 */
	RestoreDetails details() {
		Refusals.together("--load", this.load, "--load_anywhere", this.loadAnywhere);
		RestoreMapping mapping = (this.restorePlan != null) ? RestoreTexts.plan(RequestFile.read(this.restorePlan))
				: null;
		SkipParams skipped = (this.skipParams != null) ? RestoreTexts.skipParams(RequestFile.read(this.skipParams))
				: SkipParams.NONE;
		return new RestoreDetails(mapping, this.maxShards, skipped, this.truncate,
				new Wishes(this.useV2Restore, load(), this.moveAliases, this.forceVersion, this.countRows),
				new Roles(this.rbac, new HashSet<>(this.rbacDatabases)),
				(this.ezkMapping != null) ? RestoreTexts.keys(RequestFile.read(this.ezkMapping)) : EncryptionKeys.NONE);
	}

	private Load load() {
		return this.loadAnywhere ? Load.ANYWHERE : this.load ? Load.AS_BEFORE : Load.NO;
	}

}
