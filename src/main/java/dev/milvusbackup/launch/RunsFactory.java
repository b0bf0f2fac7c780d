package dev.milvusbackup.launch;

import dev.milvusbackup.config.Settings;

/**
 * Opens the job repository and everything that runs jobs. Expensive: only for verbs that
 * need it.
 */
@FunctionalInterface
public interface RunsFactory {

	Runs open(Settings settings);

}
