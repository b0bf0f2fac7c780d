package dev.milvusbackup.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.springframework.core.io.FileSystemResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * A job repository as an earlier version of the schema left it.
 */
final class OldSchema {

	/** A table comes after those that it refers to. */
	private static final List<String> TABLES = List.of("BATCH_JOB_INSTANCE", "BATCH_JOB_EXECUTION",
			"BATCH_JOB_EXECUTION_PARAMS", "BATCH_STEP_EXECUTION", "BATCH_STEP_EXECUTION_CONTEXT",
			"BATCH_JOB_EXECUTION_CONTEXT", "mb_run", "mb_collection", "mb_segment", "mb_import", "mb_restore_target",
			"mb_run_name", "mb_verification", "mb_source");

	private static final String VERSIONS = "CREATE TABLE mb_schema (version INT PRIMARY KEY, script VARCHAR NOT NULL,"
			+ " applied_at TIMESTAMP WITH TIME ZONE DEFAULT CURRENT_TIMESTAMP NOT NULL)";

	private final RepositoryKind kind;

	private final JdbcTemplate jdbc;

	OldSchema(RepositoryKind kind, DataSource database) {
		this.kind = kind;
		this.jdbc = new JdbcTemplate(database);
	}

	/**
	 * The versions there are, the first one first.
	 */
	static List<String> scripts(RepositoryKind kind) {
		try (Stream<Path> files = Files.list(directory(kind))) {
			return files.map((file) -> file.getFileName().toString())
				.sorted((left, right) -> Integer.compare(number(left), number(right)))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Makes the schema of a version in an empty database.
	 */
	void create(int version) {
		this.jdbc.execute(VERSIONS);
		List<String> scripts = scripts(this.kind).subList(0, version);
		for (String script : scripts) {
			new ResourceDatabasePopulator(new FileSystemResource(directory(this.kind).resolve(script)))
				.execute(this.jdbc.getDataSource());
			this.jdbc.update("INSERT INTO mb_schema (version, script) VALUES (?, ?)", number(script), script);
		}
	}

	void pretendVersion(int version) {
		this.jdbc.update("INSERT INTO mb_schema (version, script) VALUES (?, 'later')", version);
	}

	/**
	 * Fills it with what another one holds, in the columns that this version has.
	 */
	void fillFrom(DataSource other) {
		JdbcTemplate source = new JdbcTemplate(other);
		for (String table : TABLES) {
			List<String> columns = columns(table);
			if (!columns.isEmpty()) {
				String names = String.join(", ", columns);
				String insert = "INSERT INTO " + table + " (" + names + ") VALUES ("
						+ String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
				List<Object[]> rows = source.query("SELECT " + names + " FROM " + table, (row, number) -> values(row));
				rows.forEach((row) -> this.jdbc.update(insert, row));
			}
		}
		for (String sequence : List.of("BATCH_JOB_INSTANCE_SEQ", "BATCH_JOB_EXECUTION_SEQ",
				"BATCH_STEP_EXECUTION_SEQ")) {
			this.jdbc.execute("ALTER SEQUENCE " + sequence + " RESTART WITH 1000");
		}
		if (!columns("mb_run").isEmpty()) {
			this.jdbc.execute("ALTER TABLE mb_run ALTER COLUMN id RESTART WITH 1000");
		}
		else {
			// jobs of such a version cannot have been those of runs
			this.jdbc.update("UPDATE BATCH_JOB_INSTANCE SET JOB_NAME = 'earlier'");
		}
	}

	/**
	 * What a table holds, in the columns that it has.
	 */
	Map<String, List<String>> content() {
		Map<String, List<String>> content = new LinkedHashMap<>();
		for (String table : TABLES) {
			List<String> columns = columns(table);
			if (!columns.isEmpty()) {
				content.put(table, rows(table, columns));
			}
		}
		return content;
	}

	/**
	 * The same columns and no others, so that it can be compared with the content before.
	 */
	List<String> rows(String table, List<String> columns) {
		return this.jdbc
			.query("SELECT " + String.join(", ", columns) + " FROM " + table,
					(row, number) -> Stream.of(values(row)).map(String::valueOf).toList().toString())
			.stream()
			.sorted()
			.toList();
	}

	List<String> columns(String table) {
		return this.jdbc.queryForList(
				"SELECT column_name FROM information_schema.columns WHERE LOWER(table_name) = ?"
						+ " AND table_schema = CURRENT_SCHEMA ORDER BY ordinal_position",
				String.class, table.toLowerCase(Locale.ROOT));
	}

	private static Object[] values(ResultSet row) throws SQLException {
		ResultSetMetaData columns = row.getMetaData();
		List<Object> values = new ArrayList<>();
		for (int column = 1; column <= columns.getColumnCount(); column++) {
			Object value = row.getObject(column);
			values.add((value instanceof Clob) ? row.getString(column) : value);
		}
		return values.toArray();
	}

	private static Path directory(RepositoryKind kind) {
		return Path.of("sql", kind.name().toLowerCase(Locale.ROOT));
	}

	private static int number(String script) {
		return Integer.parseInt(script.substring(1, script.indexOf("__")));
	}

}
