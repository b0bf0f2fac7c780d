package dev.milvusbackup.launch;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.milvusbackup.ledger.LeaseAttempt;
import dev.milvusbackup.ledger.LeaseOwner;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLease;
import dev.milvusbackup.ledger.RunLedger;

import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;

/**
 * Another process on the job repository, told what to do through its standard input.
 */
final class RepositoryChild {

	private final RepositoryContext context;

	private RepositoryChild(RepositoryContext context) {
		this.context = context;
	}

	/**
	 * @param arguments JDBC URL or directory; {@code serving} or not
	 */
	public static void main(String[] arguments) throws Exception {
		RepositoryProperties properties = arguments[0].startsWith("jdbc:")
				? RepositoryProperties.postgresql(arguments[0], "postgres", null)
				: RepositoryProperties.h2(Path.of(arguments[0]));
		RepositoryContext context = new RepositoryContext(
				arguments[1].equals("serving") ? properties : properties.notServing(), SlicedJob.class);
		context.context().registerShutdownHook();
		System.out.println("READY");
		RepositoryChild child = new RepositoryChild(context);
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		for (String line = input.readLine(); line != null && !line.equals("end"); line = input.readLine()) {
			child.obey(line);
		}
		context.close();
		System.out.println("CLOSED");
	}

	private void obey(String command) throws Exception {
		switch (command) {
			case "open" -> {
				RunIdentity identity = new RunIdentity(RunKind.BACKUP, "place", "subject");
				long id = this.context.get(RunLedger.class).open(identity, "subject", "f", "{}").id();
				System.out.println("OPENED " + id);
			}
			case "lease" -> {
				LeaseAttempt attempt = this.context.get(RunLease.class).acquire("run", LeaseOwner.here(), () -> {
				});
				System.out.println("LEASE " + attempt.getClass().getSimpleName());
			}
			case "job" -> runJob();
			default -> throw new IllegalArgumentException(command);
		}
	}

	private void runJob() throws Exception {
		SlicedJob job = this.context.get(SlicedJob.class);
		job.work(step -> {
			System.out.println("WORKING " + step.getStepName());
			SlicedJob.awaitStop(step);
		});
		JobParameters parameters = new JobParametersBuilder().addLong("run", 1L).toJobParameters();
		this.context.get(RunStopper.class).during(() -> {
			JobExecution execution = this.context.get(JobOperator.class).start(job.job(), parameters);
			System.out.println("RETURNED " + execution.getStatus());
			return execution;
		});
	}

}
