package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.testing.process.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.aop.support.AopUtils;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.JobRegistry;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.SimpleJobRepository;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@ParameterizedClass
@EnumSource(RepositoryKind.class)
class JobRepositoryConfigurationTest {

	@Parameter
	RepositoryKind kind = RepositoryKind.H2;

	@TempDir
	Path directory = Path.of("");

	@Test
	void jobRepositoryIsTheOneInTheDatabase() throws Exception {
		try (RepositoryContext context = context()) {
			assertThat(AopUtils.getTargetClass(context.get(JobRepository.class))).isEqualTo(SimpleJobRepository.class);
			JobExecution execution = context.get(JobOperator.class).start(context.get(SlicedJob.class).job(), run(1));
			assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(context.get(JobRegistry.class).getJobNames()).containsExactly("backup");
		}
	}

	@Test
	void executionsOutliveTheProcess() throws Exception {
		RepositoryProperties properties = this.kind.create(this.directory);
		long execution;
		try (RepositoryContext context = new RepositoryContext(properties, SlicedJob.class)) {
			execution = context.get(JobOperator.class).start(context.get(SlicedJob.class).job(), run(1)).getId();
		}
		try (RepositoryContext context = new RepositoryContext(properties, SlicedJob.class)) {
			JobExecution stored = context.get(JobRepository.class).getJobExecution(execution);
			assertThat(stored).isNotNull();
			assertThat(stored.getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(stored.getStepExecutions()).hasSize(SlicedJob.SLICES + 1);
		}
	}

	@Test
	void contextsAreStoredAsReadableJson() throws Exception {
		try (RepositoryContext context = context()) {
			context.get(JobOperator.class).start(context.get(SlicedJob.class).job(), run(1));
			List<String> contexts = new JdbcTemplate(context.get(RepositoryDataSource.class))
				.queryForList("SELECT SHORT_CONTEXT FROM BATCH_STEP_EXECUTION_CONTEXT", String.class);
			assertThat(contexts).anySatisfy(json -> assertThat(json).contains("\"slice\":2"));
		}
	}

	@Test
	void jobsThatStartAtOnceDoNotDisturbEachOther() throws Exception {
		try (RepositoryContext context = context()) {
			List<Callable<BatchStatus>> launches = new ArrayList<>();
			for (long run = 0; run < 6; run++) {
				JobParameters parameters = run(run);
				launches.add(() -> context.get(JobOperator.class)
					.start(context.get(SlicedJob.class).job(), parameters)
					.getStatus());
			}
			assertThat(atOnce(launches)).containsOnly(BatchStatus.COMPLETED);
		}
	}

	@Test
	void processesThatStartAtOnceOnAnEmptyDatabaseGetInAndOneGetsTheLease() {
		RepositoryProperties properties = this.kind.create(this.directory);
		String place = (properties.url() != null) ? properties.url() : String.valueOf(properties.directory());
		try (ChildJvm first = ChildJvm.start(RepositoryChild.class, place, "serving");
				ChildJvm second = ChildJvm.start(RepositoryChild.class, place, "serving")) {
			first.await("READY");
			second.await("READY");
			first.send("lease");
			second.send("lease");
			assertThat(List.of(first.await("LEASE "), second.await("LEASE "))).containsExactlyInAnyOrder("HeldLease",
					"Taken");
		}
	}

	@Test
	void contextsThatStartAtOnceOnAnEmptyDatabaseAllGetIn() throws Exception {
		RepositoryProperties properties = this.kind.create(this.directory);
		Callable<Integer> start = () -> {
			try (RepositoryContext context = new RepositoryContext(properties)) {
				return context.get(LedgerDatabase.class).hashCode();
			}
		};
		assertThat(atOnce(List.of(start, start, start, start))).hasSize(4);
	}

	private RepositoryContext context() {
		return new RepositoryContext(this.kind.create(this.directory), SlicedJob.class);
	}

	static JobParameters run(long id) {
		return new JobParametersBuilder().addLong("run", id).toJobParameters();
	}

	private static <T> List<T> atOnce(List<Callable<T>> work) throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(work.size());
		try {
			List<T> results = new ArrayList<>();
			for (Future<T> result : threads.invokeAll(work)) {
				results.add(result.get());
			}
			return results;
		}
		finally {
			threads.shutdown();
		}
	}

}
