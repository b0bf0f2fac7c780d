package dev.milvusbackup.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Selects collections (behaviour.md A.2): {@code db.*} all of a database,
 * {@code db.coll}, {@code coll} (database {@code default}), {@code db.} the database
 * without collections. An empty filter selects everything.
 *
 * @param databases database to the names of its collections; {@code *} among them is all
 */
public record CollectionFilter(Map<String, Set<String>> databases) {

	/** Selects everything. */
	public static final CollectionFilter ALL = new CollectionFilter(Map.of());

	private static final String WILDCARD = "*";

	public CollectionFilter {
		// sorted: equal filters have to read alike, also in another process
		Map<String, Set<String>> copy = new TreeMap<>();
		databases.forEach((database, names) -> copy.put(database, Collections.unmodifiableSet(new TreeSet<>(names))));
		databases = Collections.unmodifiableMap(copy);
	}

	/**
	 * Reads a comma-separated list of the four forms.
	 * @throws InvalidNameException when a part is of none of them
	 */
	public static CollectionFilter parse(String text) {
		Map<String, Set<String>> databases = new LinkedHashMap<>();
		for (String part : text.isBlank() ? List.<String>of() : List.of(text.split(",", -1))) {
			String pattern = part.strip();
			int dot = pattern.indexOf('.');
			String database = (dot < 0) ? CollectionName.DEFAULT_DATABASE : pattern.substring(0, dot);
			String name = pattern.substring(dot + 1);
			requireName(text, database);
			Set<String> names = databases.computeIfAbsent(database, (key) -> new LinkedHashSet<>());
			if (dot < 0 || !name.isEmpty()) {
				requireName(text, WILDCARD.equals(name) ? database : name);
				names.add(name);
			}
		}
		return new CollectionFilter(databases);
	}

	/**
	 * Exactly these collections.
	 */
	public static CollectionFilter of(Collection<CollectionName> collections) {
		Map<String, Set<String>> databases = new LinkedHashMap<>();
		for (CollectionName collection : collections) {
			databases.computeIfAbsent(collection.database(), (key) -> new LinkedHashSet<>()).add(collection.name());
		}
		return new CollectionFilter(databases);
	}

	public boolean isEmpty() {
		return this.databases.isEmpty();
	}

	public boolean selectsDatabase(String database) {
		return isEmpty() || this.databases.containsKey(database);
	}

	public boolean selects(CollectionName collection) {
		Set<String> names = this.databases.get(collection.database());
		return isEmpty() || (names != null && (names.contains(WILDCARD) || names.contains(collection.name())));
	}

	/**
	 * The collections that are named one by one, sorted: each of them has to exist.
	 */
	public List<CollectionName> named() {
		return this.databases.entrySet()
			.stream()
			.flatMap((entry) -> entry.getValue()
				.stream()
				.filter((name) -> !WILDCARD.equals(name))
				.map((name) -> new CollectionName(entry.getKey(), name)))
			.sorted()
			.toList();
	}

	private static void requireName(String filter, String name) {
		if (!name.matches("[\\w$-]+")) {
			throw new InvalidNameException("unable to use filter '" + filter + "': '" + name + "' is not a name",
					"write db.*, db.collection, collection or db., separated by commas");
		}
	}

}
