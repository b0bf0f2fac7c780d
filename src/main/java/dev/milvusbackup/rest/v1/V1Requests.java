package dev.milvusbackup.rest.v1;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.CreateRequest.Format;
import dev.milvusbackup.launch.CreateRequest.Strategy;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.RestoreTexts;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.EncryptionKeys;
import dev.milvusbackup.model.InvalidNameException;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreMapping;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.rest.Backups;
import dev.milvusbackup.rest.ServerParts;
import org.jspecify.annotations.Nullable;

/**
 * Turns bodies into requests. A field that changes the result and is not supported is
 * refused, never ignored. Thread-safe.
 */
final class V1Requests {

	private final ServerParts parts;

	private final Backups backups;

	V1Requests(ServerParts parts, Backups backups) {
		this.parts = parts;
		this.backups = backups;
	}

	/** The runs at the places that the request names. */
	Runs runs(CreateBody body) {
		Settings settings = this.parts.settings()
			.withBackupStorage(this.backups.storage("", text(body.backupRootPath())))
			.withGcPause(body.gcPauseEnable(), text(body.gcPauseAddress()));
		return this.parts.runs().with(settings);
	}

	/** The runs at the places that the request names. */
	Runs runs(RestoreBody body) {
		return this.parts.runs()
			.with(this.parts.settings()
				.withBackupStorage(this.backups.storage(text(body.bucketName()), text(body.path()))));
	}

	static CreateRequest create(BackupName name, CreateBody body) {
		return new CreateRequest(name, filter(body), strategy(body), body.rbac(), body.withIndexExtra(), format(body));
	}

	private static Format format(CreateBody body) {
		return switch (text(body.format()).toLowerCase(Locale.ROOT)) {
			case "", "auto" -> Format.AUTO;
			case "binlog" -> Format.BINLOG;
			case "snapshot" -> Format.SNAPSHOT;
			default -> throw refused("format", body.format(), "auto, binlog or snapshot");
		};
	}

	private static CollectionFilter filter(CreateBody body) {
		if (body.filter() != null && !body.filter().isEmpty()) {
			return Selection.ofFilter(body.filter());
		}
		return selection(body.databaseCollections(), body.collectionNames());
	}

	private static CollectionFilter selection(@Nullable Object databases, @Nullable List<String> names) {
		if (databases != null && Selection.isGiven(databases)) {
			return Selection.ofDatabases(databases);
		}
		return (names != null) ? Selection.ofNames(names) : CollectionFilter.ALL;
	}

	private static Strategy strategy(CreateBody body) {
		String strategy = text(body.strategy()).toLowerCase(Locale.ROOT);
		return switch (strategy) {
			case "" -> body.force() ? Strategy.SKIP_FLUSH : body.metaOnly() ? Strategy.META_ONLY : Strategy.AUTO;
			case "auto" -> Strategy.AUTO;
			case "meta_only" -> Strategy.META_ONLY;
			case "skip_flush" -> Strategy.SKIP_FLUSH;
			case "serial_flush" -> Strategy.SERIAL_FLUSH;
			case "bulk_flush" -> Strategy.BULK_FLUSH;
			default ->
				throw refused("strategy", body.strategy(), "auto, meta_only, skip_flush, serial_flush or bulk_flush");
		};
	}

	static RestoreRequest restore(BackupName name, RestoreBody body) {
		if (body.dropExistCollection() && body.skipCreateCollection()) {
			throw new InvalidNameException(
					"unable to use 'dropExistCollection' together with 'skipCreateCollection': they exclude each other",
					"use one of them");
		}
		List<String> renames = renames(body.collectionRenames());
		RestoreDetails details = details(body);
		// as in the Go tool, a plan selects alone
		boolean selects = details.mapping() == null && Selection.isGiven(body.databaseCollectionsAfterRename());
		CollectionFilter targets = selects ? selection(body.databaseCollectionsAfterRename(), null)
				: CollectionFilter.ALL;
		RestoreRequest.Options options = new RestoreRequest.Options(body.restoreIndex(), body.useAutoIndex(),
				body.metaOnly(), body.dropExistCollection(), body.dropExistIndex(), body.skipCreateCollection());
		// as in the Go tool, a suffix has no effect beside renames
		return new RestoreRequest(name, selection(body.databaseCollections(), body.collectionNames()), targets,
				renames.isEmpty() ? text(body.collectionSuffix()) : "", renames, options, optional(body.id()), details);
	}

	private static RestoreDetails details(RestoreBody body) {
		RestoreMapping mapping = (body.restorePlan() != null && !body.restorePlan().isEmpty())
				? RestoreTexts.plan(body.restorePlan()) : null;
		SkipParams skipped = (body.skipParams() != null) ? RestoreTexts.skipParams(body.skipParams()) : SkipParams.NONE;
		return new RestoreDetails(mapping, body.maxShardNum(), skipped, body.truncateBinlogByTs(),
				new RestoreDetails.Wishes(body.useV2Restore(), RestoreDetails.Load.NO, false, false),
				body.rbac() ? RestoreDetails.Roles.ALL : RestoreDetails.Roles.NONE,
				(body.ezkMapping() != null) ? RestoreTexts.keys(body.ezkMapping()) : EncryptionKeys.NONE);
	}

	private static List<String> renames(@Nullable Map<String, String> renames) {
		return (renames == null) ? List.of()
				: renames.entrySet().stream().map((rule) -> rule.getKey() + ":" + rule.getValue()).sorted().toList();
	}

	static String text(@Nullable String value) {
		return (value != null) ? value : "";
	}

	private static @Nullable String optional(@Nullable String value) {
		return (value == null || value.isBlank()) ? null : value;
	}

	private static void notBuilt(String field, boolean used) {
		if (used) {
			throw new InvalidNameException("unable to use '" + field + "': not supported yet",
					"leave it out, or use the Go tool for it");
		}
	}

	private static InvalidNameException refused(String field, @Nullable String value, String allowed) {
		return new InvalidNameException("unable to use " + field + " '" + value + "': not one of them",
				"use " + allowed);
	}

}
