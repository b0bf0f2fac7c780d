package dev.milvusbackup.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.CreateRequest.Format;
import dev.milvusbackup.launch.CreateRequest.Strategy;
import dev.milvusbackup.launch.OrderDate;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Backs up collections.
 */
@Command(name = "create", description = "Backs up collections, or goes on with an unfinished backup.",
		sortOptions = false, optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES, exitCodeList = {
				Help.COMPLETE, Help.FAILED, Help.USAGE, Help.PARTIAL, Help.STOPPED, Help.RUNNING, Help.INCOMPATIBLE })
final class CreateCommand implements Verb {

	private static final DateTimeFormatter GENERATED = DateTimeFormatter
		.ofPattern("'backup'_yyyy_MM_dd_HH_mm_ss_", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	@Option(names = { "-n", "--name" }, paramLabel = "<name>",
			description = "Name of the backup (default: backup_<date>_<time>_<nanoseconds>, UTC).")
	String name = "";

	@Option(names = "--filter", paramLabel = "<filter>",
			description = "What to back up: db.*,db.collection,collection,db. (default: everything).")
	String filter = "";

	@Option(names = "--strategy", paramLabel = "<strategy>",
			description = "auto, meta_only, skip_flush, serial_flush, bulk_flush (default: auto, the best that the server offers).")
	String strategy = "";

	@Option(names = "--format", paramLabel = "<format>",
			description = "auto, binlog, snapshot (default: auto, snapshot from Milvus 3.0 on where it reaches the backup storage). The snapshot format is experimental.")
	String format = "";

	@Mixin
	private DeprecatedSelection selection = new DeprecatedSelection();

	@Option(names = { "-f", "--force" }, description = "Deprecated, use --strategy skip_flush.")
	boolean force;

	@Option(names = "--meta_only", description = "Deprecated, use --strategy meta_only.")
	boolean metaOnly;

	@Option(names = "--rbac", description = "Back up users, roles and their privileges too.")
	boolean rbac;

	@Option(names = "--backup_index_extra",
			description = "Back up what only Milvus's etcd tells of indexes too; needs milvus.etcd.")
	boolean indexExtra;

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
		requireDateInName();
		Refusals.oneOf("--format", this.format, "auto", "binlog", "snapshot");
		CollectionFilter old = this.selection.filter(session);
		Refusals.together("--filter", !this.filter.isBlank(), "a deprecated selection", !old.isEmpty());
		// told with an error too: it is what the next command has to name
		this.name = this.name.isEmpty() ? generated() : this.date.expand("--name", this.name);
		CreateRequest request = new CreateRequest(new BackupName(this.name),
				old.isEmpty() ? CollectionFilter.parse(this.filter) : old, strategy(session), this.rbac,
				this.indexExtra,
				this.format.isEmpty() ? Format.AUTO : Format.valueOf(this.format.toUpperCase(Locale.ROOT)));
		session.note("backup " + request.name());
		RunSummary summary = session.runs((runs, listener) -> runs.create(request, listener));
		return VerbResult.of(summary, "create backup success\n" + Session.duration(summary));
	}

	/** Otherwise the backup of one day would pass for that of the next. */
	private void requireDateInName() {
		if (this.date.given()) {
			OrderDate.requirePlace("--odate", this.name);
		}
	}

	private Strategy strategy(Session session) {
		Refusals.together("--strategy", !this.strategy.isEmpty(), "--force or --meta_only",
				this.force || this.metaOnly);
		if (this.force || this.metaOnly) {
			session.warn("--force and --meta_only are deprecated, use --strategy");
			return this.metaOnly ? Strategy.META_ONLY : Strategy.SKIP_FLUSH;
		}
		Refusals.oneOf("--strategy", this.strategy, "auto", "meta_only", "skip_flush", "serial_flush", "bulk_flush");
		return this.strategy.isEmpty() ? Strategy.AUTO : Strategy.valueOf(this.strategy.toUpperCase(Locale.ROOT));
	}

	private static String generated() {
		Instant now = Instant.now();
		return GENERATED.format(now) + now.getNano();
	}

}
