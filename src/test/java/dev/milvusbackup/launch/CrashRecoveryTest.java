package dev.milvusbackup.launch;

import java.nio.file.Path;
import java.util.List;

import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.testing.process.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@ParameterizedClass
@EnumSource(RepositoryKind.class)
class CrashRecoveryTest {

	private static final JobParameters RUN = new JobParametersBuilder().addLong("run", 1L).toJobParameters();

	@Parameter
	RepositoryKind kind = RepositoryKind.H2;

	@TempDir
	Path directory = Path.of("");

	@ParameterizedTest
	@CsvSource({ "STARTING,COMPLETED,COMPLETED", "STARTED,STARTED,STARTING", "STARTED,STARTED,STARTED",
			"STARTED,UNKNOWN,UNKNOWN", "STOPPING,STARTED,STOPPING", "STOPPED,STARTED,STARTED", "FAILED,FAILED,UNKNOWN",
			"UNKNOWN,UNKNOWN,STARTED", "UNKNOWN,FAILED,FAILED" })
	void restartAfterARecoveryRunsOnlyTheSlicesThatDidNotEnd(String job, String step, String slice) throws Exception {
		try (RepositoryContext context = context()) {
			SlicedJob sliced = context.get(SlicedJob.class);
			long execution = failIn(context, ":s1");
			leave(context, execution, job, step, slice);
			assertThatThrownBy(() -> launch(context)).isNotNull();

			assertThat(recover(context)).containsExactly(execution);

			assertThat(sliced.finished()).containsExactlyInAnyOrder("slice:s0", "slice:s2", "slice:s3");
			assertThat(launch(context).getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(sliced.finished()).containsExactlyInAnyOrder("slice:s0", "slice:s2", "slice:s3", "slice:s1");
		}
	}

	@Test
	void everyCrashOfAnInstanceIsRecovered() throws Exception {
		try (RepositoryContext context = context()) {
			for (int crash = 1; crash <= 3; crash++) {
				long execution = failIn(context, ":s1");
				leave(context, execution, "STARTED", "STARTED", "STARTED");
				assertThat(recover(context)).containsExactly(execution);
			}
			assertThat(launch(context).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		}
	}

	@Test
	void instanceThatWasKilledForRealGoesOn() throws Exception {
		RepositoryProperties properties = this.kind.create(this.directory);
		String place = (properties.url() != null) ? properties.url() : String.valueOf(properties.directory());
		try (ChildJvm child = ChildJvm.start(RepositoryChild.class, place, "serving")) {
			child.await("READY");
			child.send("job");
			child.await("WORKING");
			child.kill();
		}
		try (RepositoryContext context = new RepositoryContext(properties, SlicedJob.class)) {
			assertThatThrownBy(() -> launch(context)).isNotNull();
			assertThat(recover(context)).hasSize(1);
			assertThat(launch(context).getStatus()).isEqualTo(BatchStatus.COMPLETED);
			assertThat(context.get(SlicedJob.class).finished()).hasSize(SlicedJob.SLICES);
		}
	}

	@Test
	void instanceWithoutAnExecutionIsRemoved() throws Exception {
		try (RepositoryContext context = context()) {
			context.get(JobRepository.class).createJobInstance("backup", RUN);
			assertThatThrownBy(() -> launch(context)).isInstanceOf(IllegalStateException.class);
			assertThat(recover(context)).isEmpty();
			assertThat(launch(context).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		}
	}

	@Test
	void whatEndedProperlyIsLeftAlone() throws Exception {
		try (RepositoryContext context = context()) {
			assertThat(recover(context)).isEmpty();
			failIn(context, ":s2");
			assertThat(recover(context)).isEmpty();
			launch(context);
			assertThat(recover(context)).isEmpty();
			assertThatThrownBy(() -> launch(context)).hasMessageContaining("complete");
		}
	}

	private RepositoryContext context() {
		return new RepositoryContext(this.kind.create(this.directory), SlicedJob.class);
	}

	private static JobExecution launch(RepositoryContext context) throws Exception {
		return context.get(JobOperator.class).start(context.get(SlicedJob.class).job(), RUN);
	}

	private static List<Long> recover(RepositoryContext context) {
		return context.get(CrashRecovery.class).recover("backup", RUN);
	}

	private static long failIn(RepositoryContext context, String slice) throws Exception {
		SlicedJob job = context.get(SlicedJob.class);
		job.work(step -> {
			if (step.getStepName().endsWith(slice)) {
				throw new IllegalStateException("planned");
			}
		});
		JobExecution execution = launch(context);
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
		job.work(step -> {
		});
		return execution.getId();
	}

	// As a process leaves the tables that is killed in the middle.
	private static void leave(RepositoryContext context, long execution, String job, String step, String slice) {
		JdbcTemplate jdbc = new JdbcTemplate(context.get(RepositoryDataSource.class));
		jdbc.update("UPDATE BATCH_JOB_EXECUTION SET STATUS = ?, EXIT_CODE = 'UNKNOWN', END_TIME = NULL"
				+ " WHERE JOB_EXECUTION_ID = ?", job, execution);
		String update = "UPDATE BATCH_STEP_EXECUTION SET STATUS = ?, EXIT_CODE = 'EXECUTING', END_TIME = NULL"
				+ " WHERE JOB_EXECUTION_ID = ? AND STEP_NAME = ?";
		if (!step.equals("COMPLETED")) {
			jdbc.update(update, step, execution, "copy");
			jdbc.update(update, slice, execution, "slice:s1");
		}
	}

}
