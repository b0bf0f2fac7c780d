package dev.milvusbackup.launch;

import dev.milvusbackup.ledger.RepositoryProperties;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * The application's context with nothing but the job repository, and jobs of a test.
 */
final class RepositoryContext implements AutoCloseable {

	private final AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();

	RepositoryContext(RepositoryProperties properties, Class<?>... jobs) {
		this.context.registerBean(RepositoryProperties.class, () -> properties);
		this.context.register(JobRepositoryConfiguration.class);
		if (jobs.length > 0) {
			this.context.register(jobs);
		}
		this.context.refresh();
	}

	<T> T get(Class<T> type) {
		return this.context.getBean(type);
	}

	AnnotationConfigApplicationContext context() {
		return this.context;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
