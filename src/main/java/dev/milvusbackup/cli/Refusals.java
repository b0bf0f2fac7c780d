package dev.milvusbackup.cli;

import java.util.List;
import java.util.Locale;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;

/**
 * Options that cannot be used, told before anything is started.
 */
final class Refusals {

	private Refusals() {
	}

	/** Never ignores an option of the Go tool that this version does not have. */
	static void notBuilt(String option, boolean used) {
		if (used) {
			throw new LaunchException(ExitCode.USAGE, "unable to use '" + option + "': not supported yet",
					"leave it out, or use the Go tool for it");
		}
	}

	static void together(String one, boolean oneUsed, String other, boolean otherUsed) {
		if (oneUsed && otherUsed) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to use '" + one + "' together with '" + other + "': they exclude each other",
					"use one of them");
		}
	}

	/**
	 * @param allowed in lower case; an empty value is always allowed
	 */
	static void oneOf(String option, String value, String... allowed) {
		String given = value.toLowerCase(Locale.ROOT);
		if (!given.isEmpty() && !List.of(allowed).contains(given)) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to use '" + option + " " + value + "': not one of " + String.join(", ", allowed), null);
		}
	}

}
