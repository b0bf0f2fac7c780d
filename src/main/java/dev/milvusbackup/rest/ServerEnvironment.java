package dev.milvusbackup.rest;

import java.util.HashMap;
import java.util.Map;

import dev.milvusbackup.config.ServerSettings;

import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.web.context.support.StandardServletEnvironment;

/**
 * What Spring Boot is told. Neither files nor the process's environment add to it, as
 * those could open doors that the configuration of this program does not name.
 */
final class ServerEnvironment {

	private ServerEnvironment() {
	}

	static ConfigurableEnvironment of(ServerSettings settings) {
		StandardServletEnvironment environment = new StandardServletEnvironment();
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
		environment.getPropertySources().addFirst(new MapPropertySource("milvus-backup", properties(settings)));
		return environment;
	}

	private static Map<String, Object> properties(ServerSettings settings) {
		Map<String, Object> properties = new HashMap<>(
				Map.ofEntries(Map.entry("spring.config.location", "optional:classpath:/none/"),
						Map.entry("spring.jmx.enabled", false), Map.entry("server.port", settings.port()),
						Map.entry("server.shutdown", "graceful"), Map.entry("server.error.include-message", "never"),
						Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "60s"),
						Map.entry("spring.mvc.problemdetails.enabled", true),
						Map.entry("spring.jackson.deserialization.fail-on-null-for-primitives", false),
						Map.entry("spring.jackson.deserialization.fail-on-unknown-properties", true),
						Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
						Map.entry("management.endpoints.web.discovery.enabled", false),
						Map.entry("management.endpoints.access.default", "none"),
						Map.entry("management.endpoint.health.access", "read-only"),
						Map.entry("management.endpoint.prometheus.access", "read-only"),
						Map.entry("management.endpoint.health.probes.enabled", true),
						Map.entry("management.endpoint.health.group.readiness.include", "readinessState,jobRepository"),
						Map.entry("springdoc.swagger-ui.path", "/swagger-ui.html"),
						Map.entry("springdoc.swagger-ui.enabled", true), Map.entry("springdoc.api-docs.enabled", true),
						Map.entry("springdoc.packages-to-scan", "dev.milvusbackup.rest.v1,dev.milvusbackup.rest.v2"),
						Map.entry("springdoc.swagger-ui.tryItOutEnabled", true)));
		if (settings.address() != null) {
			properties.put("server.address", settings.address());
		}
		if (settings.certificate() != null && settings.key() != null) {
			properties.put("server.ssl.certificate", "file:" + settings.certificate());
			properties.put("server.ssl.certificate-private-key", "file:" + settings.key());
		}
		return properties;
	}

}
