package dev.milvusbackup.restore;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.RestoreMapping;
import dev.milvusbackup.restore.RestoreException.Kind;

/**
 * Gives every collection of a backup its name in the target: by a suffix, or by rules of
 * which one for the collection goes before one for its database. Pure and immutable.
 */
public final class CollectionRenamer {

	private static final Pattern SUFFIX = Pattern.compile("[A-Za-z0-9_]*");

	private static final String NAME = "[\\w$-]+";

	private static final Pattern DATABASE_WILDCARD = Pattern.compile("(" + NAME + ")\\.\\*");

	private static final Pattern DATABASE_ONLY = Pattern.compile("(" + NAME + ")\\.");

	private static final Pattern QUALIFIED = Pattern.compile("(" + NAME + ")\\.(" + NAME + ")");

	private static final Pattern PLAIN = Pattern.compile(NAME);

	private final String suffix;

	private final Map<CollectionName, Set<CollectionName>> collections = new HashMap<>();

	private final Map<String, Set<String>> databases = new HashMap<>();

	private final Map<String, Set<String>> emptyDatabases = new HashMap<>();

	private CollectionRenamer(String suffix) {
		this.suffix = suffix;
	}

	/**
	 * Reads rules of the forms {@code db1.*:db2.*}, {@code db1.c1:db2.c2}, {@code c1:c2}
	 * (both in {@code default}) and {@code db1.:db2.} (the database without its
	 * collections).
	 * @throws RestoreException of kind PREFLIGHT when a rule or the suffix cannot be used
	 */
	public static CollectionRenamer of(String suffix, List<String> rules) {
		if (!SUFFIX.matcher(suffix).matches()) {
			throw new RestoreException(Kind.PREFLIGHT,
					"unable to use suffix '" + suffix + "': it has characters that a collection name cannot have",
					"use letters, digits and _ only");
		}
		if (!suffix.isEmpty() && !rules.isEmpty()) {
			throw new RestoreException(Kind.PREFLIGHT,
					"unable to use suffix '" + suffix + "': there are rules for renaming as well",
					"give either a suffix or rename rules");
		}
		CollectionRenamer renamer = new CollectionRenamer(suffix);
		rules.forEach(renamer::add);
		return renamer;
	}

	/**
	 * From a full plan, by which a collection may become several. Those that it does not
	 * list keep their names.
	 * @throws RestoreException of kind PREFLIGHT when it names a target twice
	 */
	static CollectionRenamer of(RestoreMapping mapping) {
		CollectionRenamer renamer = new CollectionRenamer("");
		for (RestoreMapping.DatabaseMapping database : mapping.databases()) {
			targets(renamer.emptyDatabases, database.source()).add(database.target());
			for (RestoreMapping.CollectionMapping collection : database.collections()) {
				CollectionName source = new CollectionName(database.source(), collection.source());
				CollectionName target = new CollectionName(database.target(), collection.target());
				if (!targets(renamer.collections, source).add(target)) {
					throw new RestoreException(Kind.PREFLIGHT,
							"unable to use the restore plan: '" + source + "' is to become '" + target + "' twice",
							"name each target once");
				}
			}
		}
		return renamer;
	}

	/**
	 * The collections that rules or a plan name, as they are called in the backup.
	 */
	Set<CollectionName> named() {
		return Set.copyOf(this.collections.keySet());
	}

	/**
	 * The names in the target, at least one; more than one only by a full plan.
	 */
	public Set<CollectionName> targets(CollectionName source) {
		Set<CollectionName> exact = this.collections.get(source);
		if (exact != null) {
			return Collections.unmodifiableSet(exact);
		}
		String database = this.databases.getOrDefault(source.database(), Set.of(source.database())).iterator().next();
		return Set.of(new CollectionName(database, source.name() + this.suffix));
	}

	/**
	 * The target's names of a database that is restored for itself, without collections.
	 */
	public Set<String> databases(String source) {
		Set<String> names = this.emptyDatabases.get(source);
		return (names != null) ? Collections.unmodifiableSet(names)
				: this.databases.getOrDefault(source, Set.of(source));
	}

	private static <T> Set<T> targets(Map<T, Set<T>> all, T source) {
		return all.computeIfAbsent(source, (key) -> new LinkedHashSet<>());
	}

	private void add(String rule) {
		int colon = rule.indexOf(':');
		if (colon < 0) {
			throw invalid(rule, "it has no colon");
		}
		String from = rule.substring(0, colon).strip();
		String to = rule.substring(colon + 1).strip();
		boolean added = addDatabase(rule, DATABASE_WILDCARD.matcher(from), DATABASE_WILDCARD.matcher(to),
				this.databases)
				|| addDatabase(rule, DATABASE_ONLY.matcher(from), DATABASE_ONLY.matcher(to), this.emptyDatabases)
				|| addCollection(rule, from, to, QUALIFIED) || addCollection(rule, from, to, PLAIN);
		if (!added) {
			throw invalid(rule, "the two sides are not names of the same form");
		}
	}

	private static boolean addDatabase(String rule, Matcher from, Matcher to, Map<String, Set<String>> databases) {
		if (!from.matches() || !to.matches()) {
			return false;
		}
		put(rule, databases, from.group(1), to.group(1));
		return true;
	}

	private boolean addCollection(String rule, String from, String to, Pattern form) {
		if (!form.matcher(from).matches() || !form.matcher(to).matches()) {
			return false;
		}
		put(rule, this.collections, CollectionName.parse(from), CollectionName.parse(to));
		return true;
	}

	private static <T> void put(String rule, Map<T, Set<T>> targets, T source, T target) {
		Set<T> earlier = targets.putIfAbsent(source, Set.of(target));
		if (earlier != null && !earlier.contains(target)) {
			throw invalid(rule, "an earlier rule says '" + earlier.iterator().next() + "'");
		}
	}

	private static RestoreException invalid(String rule, String cause) {
		return new RestoreException(Kind.PREFLIGHT, "unable to use rename rule '" + rule + "': " + cause,
				"write db1.*:db2.*, db1.c1:db2.c2, c1:c2 or db1.:db2.");
	}

}
