package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
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
	Map<CollectionBackup, CollectionName> select(CollectionFilter sourceFilter, CollectionFilter targetFilter) {
		Map<CollectionBackup, CollectionName> all = new LinkedHashMap<>();
		for (CollectionBackup collection : this.manifest.collections()) {
			all.put(collection, this.renamer.target(collection.collection().name()));
		}
		Set<CollectionBackup> chosen = new LinkedHashSet<>(all.keySet());
		chosen.retainAll(bySource(all, sourceFilter));
		chosen.retainAll(byTarget(all, targetFilter));
		all.keySet().retainAll(chosen);
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

	private Set<CollectionBackup> bySource(Map<CollectionBackup, CollectionName> all, CollectionFilter filter) {
		Set<CollectionBackup> selected = new LinkedHashSet<>();
		if (filter.isEmpty()) {
			selected.addAll(all.keySet());
		}
		for (Pattern pattern : patterns(filter)) {
			Set<CollectionBackup> matched = matching(all.keySet(),
					(collection) -> pattern.matches(collection.collection().name()));
			if (matched.isEmpty() && !(pattern.isDatabase() && sourceDatabases().contains(pattern.database()))) {
				throw nothing(pattern, all);
			}
			selected.addAll(matched);
		}
		return selected;
	}

	private Set<CollectionBackup> byTarget(Map<CollectionBackup, CollectionName> all, CollectionFilter filter) {
		Set<CollectionBackup> selected = new LinkedHashSet<>();
		if (filter.isEmpty()) {
			selected.addAll(all.keySet());
		}
		for (Pattern pattern : patterns(filter)) {
			Set<CollectionBackup> matched = matching(all.keySet(),
					(collection) -> pattern.matches(name(all, collection)));
			if (matched.isEmpty()) {
				matched = matching(all.keySet(), (collection) -> pattern.matches(collection.collection().name()));
			}
			if (matched.isEmpty() && !(pattern.isDatabase() && databases().contains(pattern.database()))) {
				throw nothing(pattern, all);
			}
			selected.addAll(matched);
		}
		return selected;
	}

	private static CollectionName name(Map<CollectionBackup, CollectionName> all, CollectionBackup collection) {
		return Objects.requireNonNull(all.get(collection));
	}

	private static Set<CollectionBackup> matching(Set<CollectionBackup> collections,
			Predicate<CollectionBackup> condition) {
		return collections.stream().filter(condition).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/** Names of the databases before and after the mapping. */
	private Set<String> databases() {
		Set<String> names = new TreeSet<>(sourceDatabases());
		sourceDatabases().forEach((name) -> names.add(this.renamer.database(name)));
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

	private void requireDistinct(Map<CollectionBackup, CollectionName> selected) {
		Map<CollectionName, CollectionName> sources = new LinkedHashMap<>();
		selected.forEach((collection, target) -> {
			CollectionName source = collection.collection().name();
			CollectionName other = sources.putIfAbsent(target, source);
			if (other != null) {
				throw new RestoreException(Kind.PREFLIGHT, "unable to restore '" + source + "' as '" + target + "': '"
						+ other + "' is to be restored as that, too", "give them different names, or filter one out");
			}
		});
	}

	private RestoreException nothing(Pattern pattern, Map<CollectionBackup, CollectionName> all) {
		String there = all.isEmpty() ? "the backup has no collections"
				: "there are " + all.entrySet()
					.stream()
					.map((entry) -> describe(entry.getKey().collection().name(), entry.getValue()))
					.collect(Collectors.joining(", "));
		return new RestoreException(Kind.PREFLIGHT, "unable to restore '" + pattern
				+ "': there is nothing of that name in backup '" + this.manifest.name() + "'", there);
	}

	private static String describe(CollectionName source, CollectionName target) {
		return source.equals(target) ? source.toString() : source + " (restored as " + target + ")";
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
