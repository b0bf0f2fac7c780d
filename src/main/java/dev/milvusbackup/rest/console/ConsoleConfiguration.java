package dev.milvusbackup.rest.console;

import dev.milvusbackup.rest.Backups;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The pages for people.
 */
@Configuration(proxyBeanMethods = false)
@Import({ ConsoleController.class, ActionController.class, ExpireController.class, ConsoleAdvice.class })
public class ConsoleConfiguration {

	@Bean
	FormToken formToken() {
		return new FormToken();
	}

	@Bean
	BackupRows backupRows(Backups backups) {
		return new BackupRows(backups);
	}

}
