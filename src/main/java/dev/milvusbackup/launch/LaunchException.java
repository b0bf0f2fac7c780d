package dev.milvusbackup.launch;

import dev.milvusbackup.BackupException;
import org.jspecify.annotations.Nullable;

/**
 * A request that ends with a known exit code.
 */
public final class LaunchException extends BackupException {

	private final ExitCode exitCode;

	public LaunchException(ExitCode exitCode, String message, @Nullable String hint) {
		super(message, hint, null);
		this.exitCode = exitCode;
	}

	public ExitCode exitCode() {
		return this.exitCode;
	}

}
