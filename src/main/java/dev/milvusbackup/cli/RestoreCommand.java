package dev.milvusbackup.cli;

import java.util.Arrays;
import java.util.List;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Restores collections of a backup.
 */
@Command(name = "restore", description = "Restores collections of a backup, or goes on with an unfinished restore.",
		sortOptions = false, optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { Help.COMPLETE, Help.FAILED, Help.USAGE, Help.PARTIAL, Help.STOPPED, Help.RUNNING, Help.DAMAGED,
				Help.INCOMPATIBLE, Help.NOT_FOUND })
final class RestoreCommand implements Verb {

	@Option(names = { "-n", "--name" }, required = true, paramLabel = "<name>", description = "Name of the backup.")
	String name = "";

	@Option(names = "--filter", paramLabel = "<filter>",
			description = "What to restore, by names after renaming: db.*,db.collection,collection,db. (default: everything).")
	String filter = "";

	@Option(names = { "-s", "--suffix" }, paramLabel = "<suffix>", description = "Is appended to collection names.")
	String suffix = "";

	@Option(names = { "-r", "--rename" }, paramLabel = "<rules>", description = "Renames: db1.*:db2.*,db1.a:db2.b,a:b.")
	String rename = "";

	@Option(names = "--rebuild_index", description = "Creates the indexes of the backup.")
	boolean rebuildIndex;

	@Option(names = "--meta_only", description = "Creates the collections without their data.")
	boolean metaOnly;

	@Option(names = "--use_auto_index", description = "Creates AUTOINDEX instead of the vector indexes of the backup.")
	boolean useAutoIndex;

	@Option(names = "--drop_exist_collection", description = "Drops collections that exist under the new name.")
	boolean dropExistCollection;

	@Option(names = "--drop_exist_index", description = "Drops the indexes of existing collections.")
	boolean dropExistIndex;

	@Option(names = "--skip_create_collection", description = "Restores into collections that exist.")
	boolean skipCreateCollection;

	@Option(names = "--restore_id", paramLabel = "<id>",
			description = "Names the run: the same id never restores twice.")
	@Nullable String restoreId;

	@Mixin
	private DeprecatedSelection selection = new DeprecatedSelection();

	@Option(names = "--restore_index", description = "Deprecated, use --rebuild_index.")
	boolean restoreIndex;

	@Mixin
	private RestoreWishes wishes = new RestoreWishes();

	@Mixin
	private final OrderDateOptions date = new OrderDateOptions();

	@Override
	public String backup() {
		return this.name;
	}

	@Override
	public boolean isSilentWhenQuiet() {
		return true;
	}

	@Override
	public String orderDate() {
		return this.date.normalised();
	}

	@Override
	public VerbResult run(Session session) {
		expandNames();
		refuse();
		if (this.restoreIndex) {
			session.warn("--restore_index is deprecated, use --rebuild_index");
		}
		CollectionFilter sources = this.selection.filter(session);
		Refusals.together("--filter", !this.filter.isBlank(), "a deprecated selection", !sources.isEmpty());
		RestoreRequest.Options options = new RestoreRequest.Options(this.rebuildIndex || this.restoreIndex,
				this.useAutoIndex, this.metaOnly, this.dropExistCollection, this.dropExistIndex,
				this.skipCreateCollection);
		RestoreRequest request = new RestoreRequest(new BackupName(this.name), sources,
				CollectionFilter.parse(this.filter), this.suffix, renames(), options, this.restoreId,
				this.wishes.details());
		RunSummary summary = session.runs((runs, listener) -> runs.restore(request, listener));
		return VerbResult.of(summary, Session.duration(summary));
	}

	/** The run of an order date has a name, so that it is not done twice. */
	private void expandNames() {
		this.name = this.date.expand("--name", this.name);
		this.suffix = this.date.expand("--suffix", this.suffix);
		this.rename = this.date.expand("--rename", this.rename);
		String id = (this.restoreId != null) ? this.restoreId : this.date.given() ? OrderDateOptions.PLACE : null;
		this.restoreId = (id != null) ? this.date.expand("--restore_id", id) : null;
	}

	private void refuse() {
		Refusals.together("--suffix", !this.suffix.isEmpty(), "--rename", !this.rename.isEmpty());
		Refusals.together("--drop_exist_collection", this.dropExistCollection, "--skip_create_collection",
				this.skipCreateCollection);
		if (!this.suffix.matches("[A-Za-z0-9_]*")) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to use suffix '" + this.suffix + "': only letters, digits and _ are allowed", null);
		}
	}

	private List<String> renames() {
		return this.rename.isBlank() ? List.of()
				: Arrays.stream(this.rename.split(",", -1)).map(String::strip).toList();
	}

}
