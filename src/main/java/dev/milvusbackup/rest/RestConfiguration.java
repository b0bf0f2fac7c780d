package dev.milvusbackup.rest;

import dev.milvusbackup.config.ServerSettings;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.rest.v1.V1Configuration;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The application context of the server. The runs have one of their own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(excludeName = { "org.springframework.boot.batch.autoconfigure.BatchAutoConfiguration",
		"org.springframework.boot.batch.autoconfigure.BatchJobLauncherAutoConfiguration",
		"org.springframework.boot.batch.autoconfigure.observation.BatchObservationAutoConfiguration",
		"org.springframework.boot.batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration",
		"org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration",
		"org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration" })
@Import({ V1Configuration.class })
class RestConfiguration {

	/** Closed by whoever opened them. */
	@Bean(destroyMethod = "")
	Runs runs(ServerParts parts) {
		return parts.runs();
	}

	@Bean
	Backups backups(ServerParts parts) {
		return new Backups(parts.settings(), parts.stores(), parts.runs());
	}

	@Bean
	RunStarter runStarter(ServerSettings settings) {
		return new RunStarter(settings.maxRuns(), (summary) -> {
		});
	}

	@Bean
	HealthIndicator jobRepositoryHealthIndicator(Runs runs) {
		return () -> {
			runs.lookUp().recent(1);
			return Health.up().build();
		};
	}

}
