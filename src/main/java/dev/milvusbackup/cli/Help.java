package dev.milvusbackup.cli;

/**
 * Texts that the help of several verbs shares.
 */
final class Help {

	static final String EXIT_CODES = "%nExit codes:%n";

	static final String COMPLETE = "0:Complete, or the same request was already complete.";

	static final String FAILED = "1:Failed; the same command goes on where it stopped.";

	static final String USAGE = "2:Usage, configuration, credentials or preflight; nothing was started.";

	static final String PARTIAL = "3:Some collections failed or were skipped; the same command repairs them.";

	static final String STOPPED = "4:Stopped on request; the same command goes on.";

	static final String RUNNING = "5:The same run is alive elsewhere.";

	static final String DAMAGED = "6:Damage was found.";

	static final String INCOMPATIBLE = "7:Incompatible version or format.";

	static final String NOT_FOUND = "8:There is no such backup.";

	private Help() {
	}

}
