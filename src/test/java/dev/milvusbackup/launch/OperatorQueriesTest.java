package dev.milvusbackup.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunPurge;
import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The questions of {@code sql/queries}, and the removal of old runs, on both databases.
 */
@ParameterizedClass
@EnumSource(RepositoryKind.class)
class OperatorQueriesTest {

	private static final Path QUERIES = Path.of("sql/queries");

	@Parameter
	RepositoryKind kind = RepositoryKind.H2;

	@TempDir
	Path directory = Path.of("");

	private RepositoryContext context;

	private JdbcTemplate jdbc;

	@BeforeEach
	void open() {
		this.context = new RepositoryContext(this.kind.create(this.directory), SlicedJob.class);
		this.jdbc = new JdbcTemplate(this.context.get(javax.sql.DataSource.class));
	}

	@AfterEach
	void close() {
		this.context.close();
	}

	@Test
	void everyQuestionHasAnAnswer() throws Exception {
		launch(run("nightly_20260131"), false);
		try (Stream<Path> files = Files.list(QUERIES)) {
			List<Path> all = files.sorted().toList();
			assertThat(all).hasSizeGreaterThanOrEqualTo(8)
				.allSatisfy((file) -> assertThat(file.getFileName().toString()).endsWith(".sql"));
			for (Path file : all) {
				assertThat(Files.readString(file)).as(file.toString()).startsWith("-- ");
				assertThat(answer(file.getFileName().toString())).as(file.toString()).isNotNull();
			}
		}
	}

	@Test
	void whatFailedIsTold() throws Exception {
		Run run = run("nightly_20260131");
		launch(run, true);
		assertThat(answer("failed-steps.sql"))
			.anySatisfy((row) -> assertThat(row).containsEntry("run", run.id()).containsEntry("step", "copy"));
		assertThat(answer("progress.sql")).singleElement()
			.satisfies((row) -> assertThat(((Number) row.get("segments")).longValue()).isEqualTo(1));
	}

	@Test
	void whatSeemsToRunIsTold() throws Exception {
		Run run = run("nightly_20260131");
		launch(run, true);
		this.jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = 'STARTED', END_TIME = NULL");
		assertThat(answer("running.sql")).singleElement()
			.satisfies((row) -> assertThat(row).containsEntry("run", run.id()));
		assertThat(answer("stuck-executions.sql")).isEmpty();
		for (String table : List.of("BATCH_JOB_EXECUTION", "BATCH_STEP_EXECUTION")) {
			this.jdbc.update("UPDATE " + table + " SET LAST_UPDATED = LOCALTIMESTAMP - INTERVAL '1' HOUR");
		}
		assertThat(answer("stuck-executions.sql")).singleElement()
			.satisfies((row) -> assertThat(row).containsEntry("run", run.id()).containsEntry("status", "STARTED"));
	}

	@Test
	void slicesAreToldTheSlowestFirst() throws Exception {
		launch(run("nightly_20260131"), false);
		List<Map<String, Object>> slices = answer("slowest-slices.sql");
		assertThat(slices).isNotEmpty();
		assertThat(slices).extracting((row) -> ((Number) row.get("seconds")).doubleValue())
			.isSortedAccordingTo(java.util.Comparator.reverseOrder());
	}

	@Test
	void theLastGoodBackupOfEachScheduleIsTold() throws Exception {
		for (String name : List.of("nightly_20260130", "nightly_20260131", "weekly_2026_01_31")) {
			complete(run(name));
		}
		run("nightly_20260201");
		assertThat(answer("last-good-backup-per-schedule.sql")).extracting((row) -> row.get("schedule"))
			.containsExactlyInAnyOrder("nightly", "weekly");
	}

	@Test
	void oldCompleteRunsAreRemovedWithAllThatIsKnownOfThem() throws Exception {
		Run old = run("nightly_20260101");
		Run unfinished = run("nightly_20260102");
		Run fresh = run("nightly_20260103");
		launch(old, false);
		launch(unfinished, true);
		complete(old);
		complete(fresh);
		this.jdbc.update("UPDATE mb_run SET updated_at = CURRENT_TIMESTAMP - INTERVAL '100' DAY WHERE id IN (?, ?)",
				old.id(), unfinished.id());
		assertThat(answer("purge-old-executions.sql")).singleElement()
			.satisfies((row) -> assertThat(row).containsEntry("run", old.id()));
		RunPurge purge = new RunPurge(this.context.get(LedgerDatabase.class));
		List<Run> candidates = purge.candidates(Instant.now().minus(Duration.ofDays(90)));
		assertThat(candidates).extracting(Run::id).containsExactly(old.id());
		candidates.forEach(purge::purge);
		assertThat(this.context.get(RunLedger.class).runs(10)).extracting(Run::id)
			.containsExactly(fresh.id(), unfinished.id());
		assertThat(this.jdbc.queryForList(
				"SELECT DISTINCT PARAMETER_VALUE FROM BATCH_JOB_EXECUTION_PARAMS" + " WHERE PARAMETER_NAME = 'run'",
				String.class))
			.containsExactly(Long.toString(unfinished.id()));
		assertThat(this.jdbc.queryForList("SELECT DISTINCT run_id FROM mb_segment", Long.class))
			.containsExactlyInAnyOrder(unfinished.id(), fresh.id());
		assertThat(purge.candidates(Instant.now().minus(Duration.ofDays(90)))).isEmpty();
	}

	@Test
	void aRestoreThatHasANameIsRemembered() {
		RunLedger runs = this.context.get(RunLedger.class);
		Run named = runs.open(new RunIdentity(RunKind.RESTORE, "place", "b into milvus as 20260131"), "b", "f", "{}");
		complete(named);
		RunPurge purge = new RunPurge(this.context.get(LedgerDatabase.class));
		purge.purge(named);
		assertThat(runs.find(named.id())).map(Run::state).contains(RunState.COMPLETE);
		assertThat(purge.candidates(Instant.now().plusSeconds(1))).isEmpty();
	}

	private List<Map<String, Object>> answer(String file) throws IOException {
		String statement = Files.readString(QUERIES.resolve(file)).strip();
		return this.jdbc.queryForList(statement.substring(0, statement.length() - 1));
	}

	private Run run(String backup) {
		Run run = this.context.get(RunLedger.class)
			.open(new RunIdentity(RunKind.BACKUP, "place", backup), backup, "f", "{}");
		this.context.get(SegmentLedger.class)
			.plan(run.id(), new PlannedCollection(5, "default.c", "{}", PlannedCollection.State.PLANNED, ""),
					Stream.of(new Segment(1, 5, 1, 10, SegmentLevel.DATA, 0, null, 0, List.of())));
		return run;
	}

	private void complete(Run run) {
		this.context.get(RunLedger.class).update(run.id(), RunState.COMPLETE, "");
	}

	private void launch(Run run, boolean failing) throws Exception {
		SlicedJob job = this.context.get(SlicedJob.class);
		job.work((step) -> {
			if (failing) {
				throw new IllegalStateException("planned");
			}
		});
		this.context.get(JobOperator.class)
			.start(job.job(), new JobParametersBuilder().addLong("run", run.id()).toJobParameters());
	}

}
