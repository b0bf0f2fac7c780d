package dev.milvusbackup.rest;

import dev.milvusbackup.config.ServerSettings;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.rest.console.ConsoleConfiguration;
import dev.milvusbackup.rest.v1.V1Configuration;
import dev.milvusbackup.rest.v2.V2Configuration;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;

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
@Import({ MetricsConfiguration.class, V1Configuration.class, V2Configuration.class, ConsoleConfiguration.class })
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
	RunStarter runStarter(ServerSettings settings, RunMetrics metrics) {
		RunStarter starter = new RunStarter(settings.maxRuns(), metrics::ended);
		metrics.inFlight(starter);
		return starter;
	}

	@Bean
	RunActions runActions(Runs runs, RunStarter starter) {
		return new RunActions(runs, starter);
	}

	@Bean
	Verifications verifications(Runs runs, RunStarter starter, Backups backups) {
		return new Verifications(runs, starter, backups);
	}

	@Bean
	FilterRegistrationBean<RequestLog> requestLog(ServerSettings settings) {
		FilterRegistrationBean<RequestLog> filter = new FilterRegistrationBean<>(
				new RequestLog(settings.logsRequests()));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return filter;
	}

	@Bean
	FilterRegistrationBean<AccessFilter> accessFilter(ServerSettings settings) {
		FilterRegistrationBean<AccessFilter> filter = new FilterRegistrationBean<>(new AccessFilter(settings.access()));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
		return filter;
	}

	@Bean
	FilterRegistrationBean<OriginFilter> originFilter(ServerSettings settings) {
		FilterRegistrationBean<OriginFilter> filter = new FilterRegistrationBean<>(
				new OriginFilter(settings.isLoopback()));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
		return filter;
	}

	@Bean
	OpenAPI openApi(ServerSettings settings) {
		OpenAPI api = new OpenAPI().info(new Info().title("milvus-backup")
			.version("2")
			.description("Backs up and restores Milvus collections. /api/v1 is the API of the Go tool: HTTP status 200,"
					+ " the code tells; /api/v2 uses HTTP status codes and problem details."));
		return settings.swaggerBasePath().isEmpty() ? api
				: api.addServersItem(new io.swagger.v3.oas.models.servers.Server().url(settings.swaggerBasePath()));
	}

	@Bean
	HealthIndicator jobRepositoryHealthIndicator(Runs runs) {
		return () -> {
			runs.lookUp().recent(1);
			return Health.up().build();
		};
	}

}
