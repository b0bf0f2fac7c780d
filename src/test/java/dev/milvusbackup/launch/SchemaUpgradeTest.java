package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.milvusbackup.ledger.NewerSchemaException;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.milvus.FakeCollection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A job repository of an earlier version is brought up to date at the start; nothing in
 * it is lost, and what was unfinished goes on.
 */
class SchemaUpgradeTest {

	/** Before it, no run was recorded. */
	private static final int FIRST_WITH_RUNS = 2;

	/** Before it, a restore did not record what it had created. */
	private static final int FIRST_WITH_TARGETS = 4;

	private final RunsHarness harness;

	private final Path directory;

	private FakeCollection collection;

	SchemaUpgradeTest(@TempDir Path directory) {
		this.directory = directory;
		this.harness = new RunsHarness(directory);
	}

	/**
	 * A backup that is complete, one that failed half-way, and a restore that did.
	 */
	@BeforeEach
	void work() {
		this.collection = this.harness.fake.collection("a");
		for (int i = 0; i < 3; i++) {
			this.collection.insertSegment("_default", 10);
		}
		assertThat(this.harness.inRuns((runs) -> runs.create(named("done"), ProgressListener.NONE)).exitCode())
			.isEqualTo(ExitCode.COMPLETE);
		long segment = this.collection.segments().get(1).id();
		this.harness.target.on(Operation.COPY).key("/" + segment + "/").nth(2).fail();
		assertThat(this.harness.create("").exitCode()).isEqualTo(ExitCode.FAILED);
		this.harness.target.heal();
		this.harness.fake.faults().pass("Import", 1);
		for (int i = 0; i < 20; i++) {
			this.harness.fake.faults().refused("Import", 65535, "no memory left");
		}
		assertThat(restore().exitCode()).isNotEqualTo(ExitCode.COMPLETE);
		this.harness.fake.faults().clear();
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@ParameterizedTest(name = "{0} version {1}")
	@MethodSource
	void anEarlierVersionIsBroughtUpToDateAndItsRunsGoOn(RepositoryKind kind, int version) {
		RepositoryProperties old = old(kind, version);
		Map<String, List<String>> before = new HashMap<>();
		Map<String, List<String>> columns = new HashMap<>();
		look(kind, old, (schema) -> {
			before.putAll(schema.content());
			before.keySet().forEach((table) -> columns.put(table, schema.columns(table)));
		});
		this.harness.database = old;
		this.harness.withRuns((runs) -> assertThat(runs.recent(10)).hasSize((version < FIRST_WITH_RUNS) ? 0 : 3));
		look(kind, old, (schema) -> before
			.forEach((table, rows) -> assertThat(schema.rows(table, columns.get(table))).as(table).isEqualTo(rows)));
		backupGoesOn(version);
		if (version >= FIRST_WITH_TARGETS) {
			restoreGoesOn();
		}
	}

	static Stream<Arguments> anEarlierVersionIsBroughtUpToDateAndItsRunsGoOn() {
		return Stream.of(RepositoryKind.values())
			.flatMap((kind) -> IntStream.range(1, OldSchema.scripts(kind).size())
				.mapToObj((version) -> Arguments.of(kind, version)));
	}

	@ParameterizedTest
	@EnumSource
	void aLaterVersionIsRefusedAndNotTouched(RepositoryKind kind) {
		RepositoryProperties later = old(kind, OldSchema.scripts(kind).size());
		look(kind, later, (schema) -> schema.pretendVersion(999));
		this.harness.database = later;
		assertThatExceptionOfType(NewerSchemaException.class).isThrownBy(() -> this.harness.create(""))
			.withMessageContaining("version 999")
			.satisfies((ex) -> {
				assertThat(ex.hint()).contains("newer release");
				assertThat(ExitCodes.of(ex)).isEqualTo(ExitCode.INCOMPATIBLE);
			});
	}

	private void backupGoesOn(int version) {
		RunSummary summary = this.harness.create("");
		assertThat(summary.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(summary.objectsReused()).isEqualTo(10);
		assertThat(summary.objectsCopied()).isEqualTo(5);
		assertThat(summary.restarts()).isEqualTo((version < FIRST_WITH_RUNS) ? 0 : 1);
		assertThat(this.harness.verify().exitCode()).isEqualTo(ExitCode.COMPLETE);
		RunSummary done = this.harness.inRuns((runs) -> runs.create(named("done"), ProgressListener.NONE));
		assertThat(done.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(done.message()).contains("already complete");
	}

	private void restoreGoesOn() {
		RunSummary summary = restore();
		assertThat(summary.exitCode()).isEqualTo(ExitCode.COMPLETE);
		assertThat(summary.restarts()).isOne();
		assertThat(this.harness.fake.find("a_new").origins())
			.containsExactlyInAnyOrderElementsOf(this.collection.origins());
	}

	private RunSummary restore() {
		RestoreRequest request = new RestoreRequest(new BackupName("done"), CollectionFilter.ALL, CollectionFilter.ALL,
				"_new", List.of(), new RestoreRequest.Options(false, false, false, false, false, false), null);
		return this.harness.inRuns((runs) -> runs.restore(request, ProgressListener.NONE));
	}

	private static CreateRequest named(String name) {
		return new CreateRequest(new BackupName(name), CollectionFilter.ALL, CreateRequest.Strategy.AUTO);
	}

	private RepositoryProperties old(RepositoryKind kind, int version) {
		RepositoryProperties old = kind.create(this.directory.resolve("old"));
		try (RepositoryContext today = new RepositoryContext(this.harness.settings().repository())) {
			look(kind, old, (schema) -> {
				schema.create(version);
				schema.fillFrom(today.get(RepositoryDataSource.class));
			});
		}
		return old;
	}

	private static void look(RepositoryKind kind, RepositoryProperties place, Consumer<OldSchema> work) {
		try (RepositoryDataSource database = RepositoryDataSource.open(place)) {
			work.accept(new OldSchema(kind, database));
		}
	}

}
