package dev.milvusbackup.launch;

import java.util.List;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.ledger.LaunchLock;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.RunLease;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.ledger.StatusQuery;
import dev.milvusbackup.milvus.MilvusConnector;
import dev.milvusbackup.storage.StoreConnector;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The services that run jobs. Expects {@link Settings}, {@link StoreConnector} and
 * {@link MilvusConnector} beans; every {@link StepExecutionListener} bean is told of
 * every step.
 */
@Configuration(proxyBeanMethods = false)
class RunsConfiguration {

	@Bean
	RunControl runControl(RunLease leases, LaunchLock launches, CrashRecovery recovery, RunStopper stopper,
			StatusQuery status, JobOperator operator, ObjectProvider<StepExecutionListener> listeners) {
		List<StepExecutionListener> stepListeners = listeners.orderedStream().toList();
		return new RunControl(new RunControl.Guards(leases, launches, recovery, stopper), status, operator,
				stepListeners);
	}

	@Bean
	BackupService backupService(Connections connections, RunLedger runs, SegmentLedger segments,
			JobRepository jobRepository, RunControl control) {
		return new BackupService(connections, runs, segments, jobRepository, control);
	}

	@Bean
	RestoreService restoreService(Connections connections, RunLedger runs, LedgerDatabase database,
			JobRepository jobRepository, RunControl control) {
		return new RestoreService(connections, runs, database, jobRepository, control);
	}

	@Bean
	VerifyService verifyService(Connections connections, LedgerDatabase database, JobRepository jobRepository,
			RunControl control) {
		return new VerifyService(connections, database, jobRepository, control);
	}

	@Bean
	ExpireService expireService(Connections connections, LedgerDatabase database, RestoresInWork restores,
			JobRepository jobRepository, RunControl control) {
		return new ExpireService(connections, database, restores, jobRepository, control);
	}

	@Bean
	BackupDeletion backupDeletion(Connections connections, RestoresInWork restores, RunControl control) {
		return new BackupDeletion(connections, restores, control);
	}

	@Bean
	RestoresInWork restoresInWork(RunLedger runs, RunLease leases) {
		return new RestoresInWork(runs, leases);
	}

	@Bean
	Connections connections(Settings settings, StoreConnector stores, MilvusConnector milvus) {
		return new Connections(settings, stores, milvus);
	}

	@Bean
	RunLookUp runLookUp(LedgerDatabase database, RunLease leases) {
		return new RunLookUp(database, leases);
	}

	@Bean
	JobOperations jobOperations(JobRepository repository, JobOperator operator, RunLedger runs, StatusQuery status,
			RunLookUp lookUp, RunControl control) {
		return new JobOperations(repository, operator, runs, status, lookUp, control);
	}

	@Bean
	RunHistory runHistory(StatusQuery status) {
		return new RunHistory(status);
	}

}
