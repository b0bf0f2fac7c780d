package dev.milvusbackup.launch;

import java.util.List;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.config.Settings;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.milvus.MilvusConnector;
import dev.milvusbackup.storage.StoreConnector;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Opens the runs in a small application context of their own: no web, no scanning, no
 * autoconfiguration, as every start of the process pays for it.
 */
public final class JobRunsFactory implements RunsFactory {

	private final StoreConnector stores;

	private final MilvusConnector milvus;

	private final List<Class<?>> extensions;

	/**
	 * @param extensions further configuration classes, for instance with
	 * {@link org.springframework.batch.core.listener.StepExecutionListener} beans
	 */
	public JobRunsFactory(StoreConnector stores, MilvusConnector milvus, Class<?>... extensions) {
		this.stores = stores;
		this.milvus = milvus;
		this.extensions = List.of(extensions);
	}

	/**
	 * See {@link RunsFactory#open}.
	 * @throws BackupException when the job repository cannot be opened
	 */
	@Override
	public Runs open(Settings settings) {
		if (!settings.repository().serving()) {
			return start(settings);
		}
		Preparation preparation = Preparation.start(new Connections(settings, this.stores, this.milvus));
		try {
			return start(settings);
		}
		finally {
			preparation.await();
		}
	}

	private Runs start(Settings settings) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.registerBean(Settings.class, () -> settings);
		context.registerBean(RepositoryProperties.class, settings::repository);
		context.registerBean(StoreConnector.class, () -> this.stores);
		context.registerBean(MilvusConnector.class, () -> this.milvus);
		context.register(JobRepositoryConfiguration.class, RunsConfiguration.class);
		this.extensions.forEach(context::register);
		try {
			context.refresh();
		}
		catch (BeanCreationException ex) {
			throw cause(ex);
		}
		return new JobRuns(context);
	}

	private static RuntimeException cause(BeanCreationException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof BackupException known) {
				return known;
			}
		}
		return failure;
	}

}
