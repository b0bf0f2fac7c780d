package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.ledger.StatusQuery;
import dev.milvusbackup.testing.process.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(RepositoryKind.class)
class RunStopperTest {

	private static final JobParameters RUN = new JobParametersBuilder().addLong("run", 1L).toJobParameters();

	@Parameter
	RepositoryKind kind = RepositoryKind.H2;

	@TempDir
	Path directory = Path.of("");

	@Test
	void closingTheContextStopsItsJobsCleanly() throws Exception {
		RepositoryProperties properties = this.kind.create(this.directory);
		CompletableFuture<JobExecution> launched;
		try (RepositoryContext context = new RepositoryContext(properties, SlicedJob.class)) {
			CountDownLatch working = new CountDownLatch(2);
			context.get(SlicedJob.class).work(step -> {
				working.countDown();
				SlicedJob.awaitStop(step);
			});
			launched = CompletableFuture.supplyAsync(() -> launch(context));
			assertThat(working.await(30, TimeUnit.SECONDS)).isTrue();
		}
		assertThat(launched).isDone();
		assertThat(launched.join().getStatus()).isEqualTo(BatchStatus.STOPPED);
		assertGoesOn(properties);
	}

	@Test
	void processStopsItsJobsCleanlyAtSigterm() throws Exception {
		RepositoryProperties properties = this.kind.create(this.directory);
		String place = (properties.url() != null) ? properties.url() : String.valueOf(properties.directory());
		try (ChildJvm child = ChildJvm.start(RepositoryChild.class, place, "serving")) {
			child.await("READY");
			child.send("job");
			child.await("WORKING");
			child.terminate();
			assertThat(child.await("RETURNED ")).isEqualTo("STOPPED");
			child.awaitExit();
		}
		assertGoesOn(properties);
	}

	@Test
	void jobThatBeginsWhileTheContextClosesDoesNothing() {
		try (RepositoryContext context = new RepositoryContext(this.kind.create(this.directory), SlicedJob.class)) {
			context.get(RunStopper.class).stop();
			assertThat(launch(context).getStatus()).isEqualTo(BatchStatus.STOPPED);
			assertThat(context.get(SlicedJob.class).finished()).isEmpty();
		}
	}

	@Test
	void onlyJobsOfThisProcessAreStopped() {
		RepositoryProperties properties = this.kind.create(this.directory);
		String place = (properties.url() != null) ? properties.url() : String.valueOf(properties.directory());
		try (ChildJvm child = ChildJvm.start(RepositoryChild.class, place, "serving")) {
			child.await("READY");
			child.send("job");
			child.await("WORKING");
			long instance;
			try (RepositoryContext other = new RepositoryContext(properties, SlicedJob.class)) {
				instance = instance(other);
			}
			try (RepositoryContext observer = new RepositoryContext(properties, SlicedJob.class)) {
				assertThat(observer.get(StatusQuery.class).unfinishedExecutions(instance)).hasSize(1);
			}
		}
	}

	private static long instance(RepositoryContext context) {
		return Objects.requireNonNull(context.get(JobRepository.class).getJobInstance("backup", RUN)).getId();
	}

	private static void assertGoesOn(RepositoryProperties properties) {
		try (RepositoryContext context = new RepositoryContext(properties, SlicedJob.class)) {
			assertThat(context.get(StatusQuery.class).unfinishedExecutions(instance(context))).isEmpty();
			assertThat(launch(context).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		}
	}

	private static JobExecution launch(RepositoryContext context) {
		try {
			return context.get(RunStopper.class)
				.during(() -> context.get(JobOperator.class).start(context.get(SlicedJob.class).job(), RUN));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
