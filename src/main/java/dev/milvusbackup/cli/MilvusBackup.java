package dev.milvusbackup.cli;

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
		throw new UnsupportedOperationException("the connectors are not merged yet");
	}

}
