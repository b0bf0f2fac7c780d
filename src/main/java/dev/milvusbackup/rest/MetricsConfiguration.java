package dev.milvusbackup.rest;

import dev.milvusbackup.launch.Runs;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What {@code /actuator/prometheus} tells.
 */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {

	@Bean
	RunMetrics runMetrics(MeterRegistry registry, ServerParts parts) {
		RunMetrics metrics = new RunMetrics(registry);
		metrics.storage(parts.stores().metrics());
		return metrics;
	}

	@Bean
	RepositoryMetrics repositoryMetrics(MeterRegistry registry, Runs runs) {
		return new RepositoryMetrics(runs.lookUp(), registry);
	}

	/**
	 * The step of a slice is named {@code step:slice}: without this, each of some
	 * thousand slices had series of its own.
	 */
	@Bean
	MeterFilter withoutSlices() {
		return new MeterFilter() {
			@Override
			public Meter.Id map(Meter.Id id) {
				return id.replaceTags(id.getTags().stream().map(MetricsConfiguration::withoutSlice).toList());
			}
		};
	}

	private static Tag withoutSlice(Tag tag) {
		int colon = tag.getValue().indexOf(':');
		boolean slice = tag.getKey().endsWith("step.name") && colon > 0;
		return slice ? Tag.of(tag.getKey(), tag.getValue().substring(0, colon)) : tag;
	}

}
