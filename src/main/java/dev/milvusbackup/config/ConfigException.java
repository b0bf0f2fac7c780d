package dev.milvusbackup.config;

import java.util.List;

import dev.milvusbackup.BackupException;
import org.jspecify.annotations.Nullable;

/**
 * The configuration cannot be used. Names every problem that was found, never a secret.
 */
public final class ConfigException extends BackupException {

	private final List<String> problems;

	ConfigException(String what, List<String> problems, @Nullable String hint) {
		super("unable to use " + what + ": " + text(problems), hint, null);
		this.problems = List.copyOf(problems);
	}

	/**
	 * One line each, at least one.
	 */
	public List<String> problems() {
		return this.problems;
	}

	private static String text(List<String> problems) {
		return (problems.size() == 1) ? problems.get(0)
				: problems.size() + " problems\n  - " + String.join("\n  - ", problems);
	}

}
