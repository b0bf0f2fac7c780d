package dev.milvusbackup.rest.v1;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.InvalidNameException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The three ways in which a request selects collections (behaviour.md B.2, K.7).
 */
final class Selection {

	private static final Set<String> ALL = Set.of("*");

	private Selection() {
	}

	/** Database to its collections: {@code *} is all, none is the database only. */
	static CollectionFilter ofFilter(Map<String, Collections> filter) {
		Map<String, Set<String>> selected = new LinkedHashMap<>();
		filter.forEach(
				(database, collections) -> selected.put(database, (collections == null || collections.names() == null)
						? Set.of() : new LinkedHashSet<>(collections.names())));
		return new CollectionFilter(selected);
	}

	/** {@code collection} or {@code database.collection} each. */
	static CollectionFilter ofNames(List<String> names) {
		return CollectionFilter.of(names.stream().map(CollectionName::parse).toList());
	}

	/**
	 * Database to a list of its collections, an empty one is all.
	 * @param value an object, or its JSON as a text
	 * @throws InvalidNameException when it is neither
	 */
	static CollectionFilter ofDatabases(Object value) {
		Map<String, Set<String>> selected = new LinkedHashMap<>();
		object(value).forEach((database, names) -> {
			List<String> collections = names(names);
			selected.put(String.valueOf(database), collections.isEmpty() ? ALL : new LinkedHashSet<>(collections));
		});
		return new CollectionFilter(selected);
	}

	static boolean isGiven(@Nullable Object value) {
		return value != null && !(value instanceof String text && text.isBlank())
				&& !(value instanceof Map<?, ?> map && map.isEmpty())
				&& !(value instanceof List<?> list && list.isEmpty());
	}

	private static Map<?, ?> object(Object value) {
		try {
			Object parsed = (value instanceof String text) ? Bodies.parse(text, Object.class) : value;
			if (parsed instanceof Map<?, ?> map) {
				return map;
			}
			throw unreadable();
		}
		catch (JacksonException ex) {
			throw unreadable();
		}
	}

	private static List<String> names(@Nullable Object value) {
		if (value == null) {
			return List.of();
		}
		if (!(value instanceof List<?> list)) {
			throw unreadable();
		}
		List<String> names = new ArrayList<>();
		for (Object name : list) {
			if (!(name instanceof String text)) {
				throw unreadable();
			}
			names.add(text);
		}
		return names;
	}

	private static InvalidNameException unreadable() {
		return new InvalidNameException("unable to read db_collections: not of the form {\"db\":[\"collection\"]}",
				"use filter");
	}

	/**
	 * The collections of a database in a filter.
	 */
	record Collections(@JsonProperty("colls") @Nullable List<String> names) {
	}

}
