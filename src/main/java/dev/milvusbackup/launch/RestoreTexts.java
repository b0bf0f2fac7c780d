package dev.milvusbackup.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.EncryptionKeys;
import dev.milvusbackup.model.InvalidNameException;
import dev.milvusbackup.model.RestoreMapping;
import dev.milvusbackup.model.RestoreMapping.CollectionMapping;
import dev.milvusbackup.model.RestoreMapping.DatabaseMapping;
import dev.milvusbackup.model.SkipParams;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parts of a restore request that are objects, from JSON or YAML (behaviour.md
 * B.6). Keys that are not known are refused. Pure.
 */
public final class RestoreTexts {

	private RestoreTexts() {
	}

	/**
	 * {@code {mapping:[{source,target,withProp,colls:[{source,target,override:{shardNum,description}}]}],
	 * filter:{db:{colls:[]}}}}; {@code withProp} has no effect.
	 * @throws InvalidNameException when it is of another form
	 */
	public static RestoreMapping plan(Map<?, ?> plan) {
		keys(plan, "restore plan", "mapping", "filter");
		List<DatabaseMapping> databases = new ArrayList<>();
		for (Map<?, ?> database : objects(plan.get("mapping"), "mapping")) {
			keys(database, "mapping", "source", "target", "withProp", "colls");
			List<CollectionMapping> collections = new ArrayList<>();
			objects(database.get("colls"), "colls").forEach((collection) -> collections.add(collection(collection)));
			databases.add(new DatabaseMapping(text(database.get("source")), text(database.get("target")), collections));
		}
		return new RestoreMapping(databases, filter(plan.get("filter")));
	}

	/**
	 * {@code {collectionProperties:[],fieldIndexParams:[],fieldTypeParams:[],indexParams:[]}}.
	 * @throws InvalidNameException when it is of another form
	 */
	public static SkipParams skipParams(Map<?, ?> object) {
		keys(object, "skipParams", "collectionProperties", "fieldIndexParams", "fieldTypeParams", "indexParams");
		return new SkipParams(names(object.get("collectionProperties")), names(object.get("fieldTypeParams")),
				names(object.get("fieldIndexParams")), names(object.get("indexParams")));
	}

	/**
	 * {@code {oldKey:newKey}}. Messages never contain one.
	 * @throws InvalidNameException when it is of another form
	 */
	public static EncryptionKeys keys(Map<?, ?> mapping) {
		Map<String, String> keys = new LinkedHashMap<>();
		mapping.forEach((old, now) -> {
			if (!(now instanceof String key)) {
				throw unreadable("ezkMapping", "a key is not a text");
			}
			keys.put(text(old), key.strip());
		});
		return new EncryptionKeys(keys);
	}

	private static CollectionMapping collection(Map<?, ?> collection) {
		keys(collection, "colls", "source", "target", "override");
		Object value = collection.get("override");
		Map<?, ?> override = (value instanceof Map<?, ?> map) ? map : Map.of();
		keys(override, "override", "shardNum", "description");
		Object shards = override.get("shardNum");
		if (shards != null && (!(shards instanceof Number number) || number.intValue() < 0)) {
			throw unreadable("shardNum", "it is not a number from 0 on");
		}
		Object description = override.get("description");
		return new CollectionMapping(text(collection.get("source")), text(collection.get("target")),
				(shards instanceof Number number) ? number.intValue() : 0,
				(description != null && !text(description).isEmpty()) ? text(description) : null);
	}

	private static CollectionFilter filter(@Nullable Object value) {
		if (!(value instanceof Map<?, ?> map)) {
			return CollectionFilter.ALL;
		}
		Map<String, Set<String>> databases = new LinkedHashMap<>();
		map.forEach((database, entry) -> {
			Map<?, ?> object = (entry instanceof Map<?, ?> given) ? given : Map.of();
			keys(object, "filter", "colls");
			databases.put(String.valueOf(database), names(object.get("colls")));
		});
		return new CollectionFilter(databases);
	}

	private static List<Map<?, ?>> objects(@Nullable Object value, String what) {
		List<Map<?, ?>> objects = new ArrayList<>();
		if (value instanceof List<?> list) {
			for (Object each : list) {
				if (!(each instanceof Map<?, ?> map)) {
					throw unreadable(what, "it is not a list of objects");
				}
				objects.add(map);
			}
		}
		else if (value != null) {
			throw unreadable(what, "it is not a list of objects");
		}
		return objects;
	}

	private static Set<String> names(@Nullable Object value) {
		Set<String> names = new LinkedHashSet<>();
		if (value instanceof List<?> list) {
			list.forEach((name) -> names.add(text(name)));
		}
		else if (value != null) {
			throw unreadable(text(value), "it is not a list of names");
		}
		return names;
	}

	private static void keys(Map<?, ?> object, String what, String... known) {
		Set<String> unknown = new TreeSet<>();
		object.keySet().forEach((key) -> unknown.add(String.valueOf(key)));
		unknown.removeAll(Set.of(known));
		if (!unknown.isEmpty()) {
			throw unreadable(what, "there is no key '" + unknown.iterator().next() + "'");
		}
	}

	private static String text(@Nullable Object value) {
		return (value != null) ? value.toString().strip() : "";
	}

	private static InvalidNameException unreadable(String what, String cause) {
		return new InvalidNameException("unable to read '" + what + "' of the request: " + cause,
				"see the documentation of restore plans");
	}

}
