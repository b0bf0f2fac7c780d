package dev.milvusbackup.rest.v2;

import dev.milvusbackup.launch.Runs;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The API of our own.
 */
@Configuration(proxyBeanMethods = false)
@Import({ RunsController.class, BackupsController.class, RestoresController.class, ExpirationsController.class,
		Problems.class })
public class V2Configuration {

	@Bean
	RunEvents runEvents(Runs runs) {
		return new RunEvents(runs.lookUp());
	}

}
