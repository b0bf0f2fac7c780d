package dev.milvusbackup.cli;

import dev.milvusbackup.launch.JobRunsFactory;
import dev.milvusbackup.launch.RunsFactory;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector;
import dev.milvusbackup.storage.StoreConnector;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;

/**
 * The program.
 */
public final class MilvusBackup {

	private MilvusBackup() {
	}

	/**
	 * Does what the command line says.
	 * @return the exit code
	 */
	public static int run(String[] args, Connectors connectors, Surroundings surroundings) {
		return new VerbRunner(connectors, surroundings).run(args);
	}

	/**
	 * As {@link #run}, and ends the process with the exit code, on a signal too; does not
	 * return.
	 */
	public static void runAndExit(String[] args, Connectors connectors, Surroundings surroundings) {
		GracefulExit exit = new GracefulExit();
		Connectors watched = new Connectors(exit.watch(connectors.runs()), connectors.stores(), connectors.milvus());
		exit.exitAfter(() -> run(args, watched, surroundings));
	}

	public static void main(String[] args) {
		StoreConnector stores = new DefaultStoreConnector();
		MilvusConnector milvus = new DefaultMilvusConnector();
		// only a verb that opens runs loads what runs jobs
		RunsFactory runs = (settings) -> new JobRunsFactory(stores, milvus).open(settings);
		runAndExit(args, new Connectors(runs, stores, milvus), Surroundings.ofProcess());
	}

}
