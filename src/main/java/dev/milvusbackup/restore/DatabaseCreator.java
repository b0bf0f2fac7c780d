package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.KeyValue;

/**
 * Creates the databases that are needed and those that are asked for.
 */
final class DatabaseCreator {

	/** The server's own number for what is encrypted with one key. */
	private static final String ENCRYPTION_ZONE = "cipher.ezID";

	private final RestoreRun run;

	private final DescribedBackup backup;

	private final RestoreTargets targets;

	DatabaseCreator(RestoreRun run, DescribedBackup backup) {
		this.run = run;
		this.backup = backup;
		this.targets = run.targets();
	}

	/**
	 * Idempotent. When a database cannot be created, its targets fail.
	 */
	void create() {
		TreeMap<String, List<RestoreTarget>> needed = new TreeMap<>();
		asked().forEach((database) -> needed.put(database, new ArrayList<>()));
		for (RestoreTarget target : this.targets.open()) {
			needed.computeIfAbsent(target.name().database(), (database) -> new ArrayList<>()).add(target);
		}
		Set<String> existing = new HashSet<>(Set.of(CollectionName.DEFAULT_DATABASE));
		this.run.milvus().catalog().databases().stream().map(Database::name).forEach(existing::add);
		needed.keySet().removeAll(existing);
		needed.forEach(this::create);
	}

	private void create(String database, List<RestoreTarget> collections) {
		try {
			this.run.milvus().schema().createDatabase(database, properties(database));
		}
		catch (MilvusException ex) {
			if (collections.isEmpty() || !TargetLoop.concernsTargetOnly(ex)) {
				throw ex;
			}
			collections.forEach((target) -> this.targets.fail(target, ex.getMessage()));
		}
	}

	/**
	 * Those of the one database that becomes this one.
	 */
	private List<KeyValue> properties(String target) {
		CollectionRenamer renamer = this.run.request().renamer();
		List<Database> sources = this.backup.manifest()
			.databases()
			.stream()
			.filter((database) -> renamer.databases(database.name()).contains(target))
			.toList();
		return (sources.size() != 1) ? List.of()
				: sources.get(0)
					.properties()
					.stream()
					.filter((property) -> !property.key().equals(ENCRYPTION_ZONE))
					.toList();
	}

	/**
	 * The databases that the filters name without collections.
	 */
	private Set<String> asked() {
		RestorePlanRequest request = this.run.request();
		CollectionRenamer renamer = request.renamer();
		Set<String> names = new HashSet<>(withoutCollections(request.targets()));
		if (request.details().mapping() != null) {
			request.details().mapping().databases().forEach((database) -> names.add(database.target()));
		}
		withoutCollections(request.sourceFilter()).forEach((database) -> names.addAll(renamer.databases(database)));
		return names;
	}

	private static List<String> withoutCollections(CollectionFilter filter) {
		return filter.databases()
			.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().isEmpty())
			.map(Map.Entry::getKey)
			.toList();
	}

}
