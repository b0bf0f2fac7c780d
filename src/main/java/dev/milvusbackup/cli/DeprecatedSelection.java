package dev.milvusbackup.cli;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.CollectionName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * How v0.4 and v0.5 selected collections.
 */
final class DeprecatedSelection {

	private static final Set<String> ALL = Set.of("*");

	@Option(names = { "-c", "--colls", "--collections" }, paramLabel = "<names>",
			description = "Deprecated, use --filter. Collections: a,b or db.a,db.b.")
	@Nullable String collections;

	@Option(names = { "-d", "--databases" }, paramLabel = "<names>",
			description = "Deprecated, use --filter. Databases: db1,db2.")
	@Nullable String databases;

	@Option(names = { "-a", "--database_collections" }, paramLabel = "<json>",
			description = "Deprecated, use --filter. JSON: {\"db1\":[\"a\",\"b\"],\"db2\":[]}.")
	@Nullable String databaseCollections;

	/**
	 * What the flags select, everything when none was used.
	 * @throws LaunchException when several were used, or one cannot be read
	 */
	CollectionFilter filter(Session session) {
		List<String> used = Stream.of(this.collections, this.databases, this.databaseCollections)
			.filter(Objects::nonNull)
			.filter((value) -> !value.isBlank())
			.toList();
		if (used.isEmpty()) {
			return CollectionFilter.ALL;
		}
		if (used.size() > 1) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to select collections: --collections, --databases and --database_collections exclude each other",
					"use --filter");
		}
		session.warn("--collections, --databases and --database_collections are deprecated, use --filter");
		return read(used.get(0));
	}

	private CollectionFilter read(String value) {
		if (value.equals(this.databaseCollections)) {
			return readJson(value);
		}
		List<String> names = Arrays.stream(value.split(",")).map(String::strip).toList();
		if (value.equals(this.collections)) {
			return CollectionFilter.of(names.stream().map(CollectionName::parse).toList());
		}
		Map<String, Set<String>> selected = new LinkedHashMap<>();
		names.forEach((database) -> selected.put(database, ALL));
		return new CollectionFilter(selected);
	}

	private static CollectionFilter readJson(String json) {
		try {
			Map<String, List<String>> read = JsonMapper.shared().readValue(json, new TypeReference<>() {
			});
			Map<String, Set<String>> selected = new LinkedHashMap<>();
			read.forEach((database, names) -> selected.put(database,
					(names == null || names.isEmpty()) ? ALL : new LinkedHashSet<>(names)));
			return new CollectionFilter(selected);
		}
		catch (JacksonException ex) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to read --database_collections: not of the form {\"db\":[\"collection\"]}", "use --filter");
		}
	}

}
