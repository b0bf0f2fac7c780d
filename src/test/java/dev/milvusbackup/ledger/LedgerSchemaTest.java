package dev.milvusbackup.ledger;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import dev.milvusbackup.testing.sql.DatabaseKind;
import dev.milvusbackup.testing.sql.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LedgerSchemaTest {

	@ParameterizedTest
	@ValueSource(strings = { "h2", "postgresql" })
	void everyScriptThatIsThereIsApplied(String dialect) throws Exception {
		Path directory = new ClassPathResource("sql/" + dialect + "/" + LedgerSchema.SCRIPTS.get(0)).getFile()
			.toPath()
			.resolveSibling("");
		try (Stream<Path> scripts = Files.list(directory)) {
			assertThat(scripts.map(script -> script.getFileName().toString()))
				.containsExactlyInAnyOrderElementsOf(LedgerSchema.SCRIPTS);
		}
	}

	@Test
	void theNumberOfAScriptIsItsPlace() {
		assertThat(LedgerSchema.SCRIPTS).allSatisfy(
				(script) -> assertThat(script).startsWith("V" + (LedgerSchema.SCRIPTS.indexOf(script) + 1) + "__"));
	}

	@ParameterizedTest
	@EnumSource(DatabaseKind.class)
	void migrationIsDoneOnce(DatabaseKind kind) {
		try (TestDatabase database = TestDatabase.open(kind)) {
			new LedgerSchema(database.dataSource()).migrate();
			new LedgerSchema(database.dataSource()).migrate();
			assertThat(versions(database)).hasSameSizeAs(LedgerSchema.SCRIPTS);
		}
	}

	@ParameterizedTest
	@EnumSource(DatabaseKind.class)
	void severalMayMigrateAtOnce(DatabaseKind kind) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try (TestDatabase database = TestDatabase.open(kind)) {
			Callable<Boolean> migration = () -> {
				new LedgerSchema(database.dataSource()).migrate();
				return true;
			};
			List<Future<Boolean>> results = new ArrayList<>(
					threads.invokeAll(List.of(migration, migration, migration, migration)));
			for (Future<Boolean> result : results) {
				assertThat(result.get()).isTrue();
			}
			assertThat(versions(database)).hasSameSizeAs(LedgerSchema.SCRIPTS);
		}
		finally {
			threads.shutdown();
		}
	}

	@ParameterizedTest
	@EnumSource(DatabaseKind.class)
	void schemaOfANewerReleaseIsRefused(DatabaseKind kind) {
		try (TestDatabase database = TestDatabase.open(kind)) {
			new LedgerSchema(database.dataSource()).migrate();
			new JdbcTemplate(database.dataSource()).update("INSERT INTO mb_schema (version, script) VALUES (999, 'x')");
			assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> new LedgerDatabase(database.dataSource()))
				.withMessageContaining("version 999")
				.satisfies(ex -> assertThat(ex.hint()).contains("newer release"));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "H2_MEMORY", "H2_FILE" })
	void migrationThatWasKilledOnH2IsDoneAgain(DatabaseKind kind) {
		try (TestDatabase database = TestDatabase.open(kind)) {
			new LedgerSchema(database.dataSource()).migrate();
			JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
			jdbc.update("DELETE FROM mb_schema");
			jdbc.execute("DROP TABLE mb_import");
			jdbc.execute("DROP INDEX BATCH_STEP_EXECUTION_NAME");
			new LedgerSchema(database.dataSource()).migrate();
			assertThat(jdbc.queryForObject("SELECT COUNT(*) FROM mb_import", Integer.class)).isZero();
			assertThat(versions(database)).hasSameSizeAs(LedgerSchema.SCRIPTS);
		}
	}

	@Test
	void foreignTablesOfTheSameNamesAreNotTouched() {
		try (TestDatabase database = TestDatabase.open(DatabaseKind.POSTGRESQL)) {
			JdbcTemplate jdbc = new JdbcTemplate(database.dataSource());
			jdbc.execute("CREATE TABLE BATCH_JOB_INSTANCE (x INT)");
			assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> new LedgerDatabase(database.dataSource()))
				.satisfies(ex -> assertThat(ex.hint()).contains("of its own"));
			assertThat(jdbc.queryForList(
					"SELECT table_name FROM information_schema.tables" + " WHERE table_schema = CURRENT_SCHEMA",
					String.class))
				.containsExactly("batch_job_instance");
		}
	}

	private static List<Integer> versions(TestDatabase database) {
		return new JdbcTemplate(database.dataSource()).queryForList("SELECT version FROM mb_schema", Integer.class);
	}

}
