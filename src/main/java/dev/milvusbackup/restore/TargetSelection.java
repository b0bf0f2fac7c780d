package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.restore.RestoreException.Kind;

/**
 * Decides which collections of a backup are restored under which names. Pure.
 */
final class TargetSelection {

	private static final String WILDCARD = "*";

	private final BackupManifest manifest;

	private final CollectionRenamer renamer;

	TargetSelection(BackupManifest manifest, CollectionRenamer renamer) {
		this.manifest = manifest;
		this.renamer = renamer;
	}

	/**
	 * The collections with their targets, in the order of the backup.
	 * @throws RestoreException of kind PREFLIGHT when a filter selects nothing or two
	 * collections would become one
	 */
	List<Chosen> select(CollectionFilter sourceFilter, CollectionFilter targetFilter) {
		List<Chosen> all = new ArrayList<>();
		for (CollectionBackup collection : this.manifest.collections()) {
			this.renamer.targets(collection.collection().name())
				.forEach((target) -> all.add(new Chosen(collection, target)));
		}
		Set<Chosen> bySource = matching(all, sourceFilter, List.of(Chosen::source));
		Set<Chosen> byTarget = matching(all, targetFilter, List.of(Chosen::target, Chosen::source));
		all.removeIf((chosen) -> !bySource.contains(chosen) || !byTarget.contains(chosen));
		requireDistinct(all);
		return all;
	}

	/**
	 * @throws RestoreException of kind PREFLIGHT when the backup does not have one that
	 * the mapping names
	 */
	TargetSelection requireNamed() {
		Set<CollectionName> missing = new TreeSet<>(this.renamer.named());
		this.manifest.collections().forEach((collection) -> missing.remove(collection.collection().name()));
		if (!missing.isEmpty()) {
			throw new RestoreException(Kind.PREFLIGHT,
					"unable to restore '" + missing.iterator().next() + "': there is nothing of that name in backup '"
							+ this.manifest.name() + "'",
					"there are " + this.manifest.collections()
						.stream()
						.map((collection) -> collection.collection().name().toString())
						.collect(Collectors.joining(", ")));
		}
		return this;
	}

	/**
	 * @param names by which a pattern may know a collection; a later one counts when no
	 * collection is known by an earlier one
	 */
	private Set<Chosen> matching(List<Chosen> all, CollectionFilter filter,
			List<Function<Chosen, CollectionName>> names) {
		Set<Chosen> selected = new HashSet<>();
		if (filter.isEmpty()) {
			selected.addAll(all);
		}
		for (Pattern pattern : patterns(filter)) {
			List<Chosen> matched = List.of();
			for (Function<Chosen, CollectionName> name : names) {
				if (matched.isEmpty()) {
					matched = all.stream().filter((chosen) -> pattern.matches(name.apply(chosen))).toList();
				}
			}
			Set<String> databases = (names.size() > 1) ? databases() : sourceDatabases();
			if (matched.isEmpty() && !(pattern.isDatabase() && databases.contains(pattern.database()))) {
				throw nothing(pattern, all);
			}
			selected.addAll(matched);
		}
		return selected;
	}

	/** Names of the databases before and after the mapping. */
	private Set<String> databases() {
		Set<String> names = new TreeSet<>(sourceDatabases());
		sourceDatabases().forEach((name) -> names.addAll(this.renamer.databases(name)));
		return names;
	}

	private Set<String> sourceDatabases() {
		Set<String> names = this.manifest.databases()
			.stream()
			.map(Database::name)
			.collect(Collectors.toCollection(TreeSet::new));
		this.manifest.collections().forEach((collection) -> names.add(collection.collection().name().database()));
		return names;
	}

	private static void requireDistinct(List<Chosen> selected) {
		Map<CollectionName, CollectionName> sources = new HashMap<>();
		for (Chosen chosen : selected) {
			CollectionName other = sources.putIfAbsent(chosen.target(), chosen.source());
			if (other != null) {
				throw new RestoreException(
						Kind.PREFLIGHT, "unable to restore '" + chosen.source() + "' as '" + chosen.target() + "': '"
								+ other + "' is to be restored as that, too",
						"give them different names, or filter one out");
			}
		}
	}

	private RestoreException nothing(Pattern pattern, List<Chosen> all) {
		String there = all.isEmpty() ? "the backup has no collections"
				: "there are " + all.stream().map(Chosen::describe).collect(Collectors.joining(", "));
		return new RestoreException(Kind.PREFLIGHT, "unable to restore '" + pattern
				+ "': there is nothing of that name in backup '" + this.manifest.name() + "'", there);
	}

	private static List<Pattern> patterns(CollectionFilter filter) {
		List<Pattern> patterns = new ArrayList<>();
		filter.databases().forEach((database, names) -> {
			if (names.isEmpty()) {
				patterns.add(new Pattern(database, ""));
			}
			names.forEach((name) -> patterns.add(new Pattern(database, name)));
		});
		return patterns;
	}

	/**
	 * One entry of a filter; an empty name is the database without collections.
	 */
	private record Pattern(String database, String name) {

		boolean matches(CollectionName collection) {
			return this.database.equals(collection.database())
					&& (WILDCARD.equals(this.name) || this.name.equals(collection.name()));
		}

		/** A database may be without collections. */
		boolean isDatabase() {
			return this.name.isEmpty() || WILDCARD.equals(this.name);
		}

		@Override
		public String toString() {
			return this.database + "." + this.name;
		}

	}

}
