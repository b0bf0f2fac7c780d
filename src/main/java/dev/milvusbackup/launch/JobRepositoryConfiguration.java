package dev.milvusbackup.launch;

import java.time.Duration;

import javax.sql.DataSource;

import dev.milvusbackup.ledger.ImportLedger;
import dev.milvusbackup.ledger.LaunchLock;
import dev.milvusbackup.ledger.LeaseTiming;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.ledger.RunLease;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.ledger.StatusQuery;

import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.annotation.Isolation;

/**
 * The job repository in its database, the ledger beside it, and what controls runs.
 * Expects a {@link RepositoryProperties} bean. Wired by hand, as Boot's autoconfiguration
 * for the same takes longer to start.
 */
@Configuration(proxyBeanMethods = false)
public class JobRepositoryConfiguration extends JdbcDefaultBatchConfiguration {

	@Bean
	RepositoryDataSource dataSource(RepositoryProperties properties) {
		return RepositoryDataSource.open(properties);
	}

	@Bean
	JdbcTransactionManager transactionManager(RepositoryDataSource dataSource) {
		return new JdbcTransactionManager(dataSource);
	}

	@Bean
	LedgerDatabase ledgerDatabase(RepositoryDataSource dataSource, JdbcTransactionManager transactionManager) {
		return new LedgerDatabase(dataSource, transactionManager);
	}

	@Bean
	RunLedger runLedger(LedgerDatabase database) {
		return new RunLedger(database);
	}

	@Bean
	SegmentLedger segmentLedger(LedgerDatabase database) {
		return new SegmentLedger(database);
	}

	@Bean
	ImportLedger importLedger(LedgerDatabase database) {
		return new ImportLedger(database);
	}

	@Bean
	StatusQuery statusQuery(LedgerDatabase database) {
		return new StatusQuery(database);
	}

	@Bean
	RunLease runLease(LedgerDatabase database) {
		return new RunLease(database, LeaseTiming.DEFAULT);
	}

	@Bean
	LaunchLock launchLock(LedgerDatabase database) {
		return new LaunchLock(database);
	}

	@Bean
	MapJobRegistry jobRegistry() {
		return new MapJobRegistry();
	}

	@Bean
	CrashRecovery crashRecovery(JobRepository jobRepository, JobOperator jobOperator, StatusQuery status) {
		return new CrashRecovery(jobRepository, jobOperator, status);
	}

	@Bean
	RunStopper runStopper(JobRepository jobRepository, JobOperator jobOperator) {
		return new RunStopper(jobRepository, jobOperator, Duration.ofSeconds(30));
	}

	// The ledger's bean is what brings the schema up to date.
	@Override
	protected DataSource getDataSource() {
		this.applicationContext.getBean(LedgerDatabase.class);
		return this.applicationContext.getBean(RepositoryDataSource.class);
	}

	@Override
	protected PlatformTransactionManager getTransactionManager() {
		return this.applicationContext.getBean(JdbcTransactionManager.class);
	}

	@Override
	protected ExecutionContextSerializer getExecutionContextSerializer() {
		return new JacksonExecutionContextStringSerializer();
	}

	// Serializable transactions fail when two runs that have nothing to do with each
	// other
	// start at once. A run's own starts are kept apart by the launch lock, and new
	// instances
	// by a unique key.
	@Override
	protected Isolation getIsolationLevelForCreate() {
		return Isolation.READ_COMMITTED;
	}

}
