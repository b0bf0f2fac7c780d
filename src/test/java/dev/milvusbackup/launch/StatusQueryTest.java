package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunStatus;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.ledger.StatusQuery;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;
import dev.milvusbackup.testing.process.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(RepositoryKind.class)
class StatusQueryTest {

	@Parameter
	RepositoryKind kind = RepositoryKind.H2;

	@TempDir
	Path directory = Path.of("");

	@Test
	void statusTellsTheLastExecutionAndTheProgress() throws Exception {
		try (RepositoryContext context = new RepositoryContext(this.kind.create(this.directory), SlicedJob.class)) {
			Run run = open(context);
			SegmentLedger segments = context.get(SegmentLedger.class);
			Segment copied = segment(1, 40);
			segments.plan(run.id(), new PlannedCollection(5, "default.c", "{}", PlannedCollection.State.PLANNED, ""),
					Stream.of(copied, segment(2, 60)));
			segments.done(run.id(), List.of(copied));
			StatusQuery query = context.get(StatusQuery.class);
			assertThat(query.status(run.id()).orElseThrow().last()).isNull();

			launchFailing(context, run);
			context.get(SlicedJob.class).work(step -> {
			});
			RunStatus failed = query.status(run.id()).orElseThrow();
			assertThat(failed.progress()).isEqualTo(new CopyProgress(2, 1, 2, 1, 100, 40));
			assertThat(failed.executions()).isEqualTo(1);
			assertThat(failed.last()).isNotNull();
			assertThat(failed.last().status()).isEqualTo("FAILED");
			assertThat(failed.last().step()).isEqualTo("copy");
			assertThat(failed.last().started()).isBeforeOrEqualTo(failed.last().ended());
			assertThat(failed.last().message()).contains("Partition handler returned an unsuccessful step");

			launch(context, run);
			RunStatus completed = query.status(run.id()).orElseThrow();
			assertThat(completed.executions()).isEqualTo(2);
			assertThat(completed.last().status()).isEqualTo("COMPLETED");
		}
	}

	@Test
	void recentRunsComeFirstAndAreNotMixedUp() throws Exception {
		try (RepositoryContext context = new RepositoryContext(this.kind.create(this.directory), SlicedJob.class)) {
			Run first = open(context);
			Run second = open(context);
			launch(context, first);
			StatusQuery query = context.get(StatusQuery.class);
			assertThat(query.recent(10)).extracting(status -> status.run().id())
				.containsExactly(second.id(), first.id());
			assertThat(query.recent(10)).extracting(RunStatus::executions).containsExactly(0, 1);
			assertThat(query.recent(1)).hasSize(1);
			assertThat(query.status(99)).isEmpty();
		}
	}

	@Test
	void statusOfARunInAnotherProcessIsSeenWhileItRuns() {
		RepositoryProperties properties = this.kind.create(this.directory);
		String place = (properties.url() != null) ? properties.url() : String.valueOf(properties.directory());
		try (ChildJvm child = ChildJvm.start(RepositoryChild.class, place, "serving")) {
			child.await("READY");
			child.send("open");
			long run = Long.parseLong(child.await("OPENED "));
			child.send("job");
			child.await("WORKING");
			try (RepositoryContext context = new RepositoryContext(properties.notServing())) {
				RunStatus status = context.get(StatusQuery.class).status(run).orElseThrow();
				assertThat(status.last()).isNotNull();
				assertThat(status.last().status()).isEqualTo("STARTED");
				assertThat(status.last().step()).isEqualTo("copy");
				assertThat(status.last().ended()).isNull();
			}
		}
	}

	private static Run open(RepositoryContext context) {
		return context.get(RunLedger.class)
			.open(new RunIdentity(RunKind.BACKUP, "place", "nightly"), "nightly", "f", "{}");
	}

	private static void launchFailing(RepositoryContext context, Run run) throws Exception {
		context.get(SlicedJob.class).work(step -> {
			throw new IllegalStateException("planned");
		});
		launch(context, run);
	}

	private static void launch(RepositoryContext context, Run run) throws Exception {
		context.get(JobOperator.class)
			.start(context.get(SlicedJob.class).job(),
					new JobParametersBuilder().addLong("run", run.id())
						.addString("fingerprint", run.fingerprint(), false)
						.toJobParameters());
	}

	private static Segment segment(long id, long bytes) {
		return new Segment(id, 5, 1, 10, SegmentLevel.DATA, 0, null, 0,
				Collections.singletonList(new Binlog(BinlogKind.INSERT, 100, id, bytes, null)));
	}

}
