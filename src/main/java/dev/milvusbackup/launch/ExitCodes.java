package dev.milvusbackup.launch;

import dev.milvusbackup.backup.SourceException;
import dev.milvusbackup.config.ConfigException;
import dev.milvusbackup.ledger.NewerSchemaException;
import dev.milvusbackup.manifest.ManifestException;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.model.InvalidNameException;
import dev.milvusbackup.restore.RestoreException;
import dev.milvusbackup.storage.StorageException;

/**
 * How an error ends the process. The one place where types of errors become exit codes.
 */
public final class ExitCodes {

	private ExitCodes() {
	}

	/**
	 * The exit code for an error that ended a request; anything unforeseen is
	 * {@link ExitCode#FAILED}.
	 */
	public static ExitCode of(Throwable error) {
		if (error instanceof LaunchException launch) {
			return launch.exitCode();
		}
		if (error instanceof ConfigException || error instanceof InvalidNameException) {
			return ExitCode.USAGE;
		}
		if (error instanceof NewerSchemaException) {
			return ExitCode.INCOMPATIBLE;
		}
		if (error instanceof StorageException storage) {
			return (storage.kind() == StorageException.Kind.CONFIGURATION) ? ExitCode.USAGE : ExitCode.FAILED;
		}
		if (error instanceof MilvusException milvus) {
			return of(milvus.kind());
		}
		if (error instanceof ManifestException manifest) {
			return of(manifest.kind());
		}
		if (error instanceof SourceException source) {
			return (source.kind() == SourceException.Kind.PREFLIGHT) ? ExitCode.USAGE : ExitCode.FAILED;
		}
		if (error instanceof RestoreException restore) {
			return of(restore.kind());
		}
		return ExitCode.FAILED;
	}

	private static ExitCode of(RestoreException.Kind kind) {
		return switch (kind) {
			case PREFLIGHT -> ExitCode.USAGE;
			case INCOMPATIBLE -> ExitCode.INCOMPATIBLE;
			case DAMAGED -> ExitCode.DAMAGED;
			case STALLED, FAILED -> ExitCode.FAILED;
		};
	}

	private static ExitCode of(MilvusException.Kind kind) {
		return switch (kind) {
			case DENIED -> ExitCode.USAGE;
			case UNSUPPORTED -> ExitCode.INCOMPATIBLE;
			case UNAVAILABLE, NOT_FOUND, UNKNOWN_OUTCOME, REFUSED -> ExitCode.FAILED;
		};
	}

	private static ExitCode of(ManifestException.Kind kind) {
		return switch (kind) {
			// an unfinished backup is none yet, as for the Go tool
			case NOT_FOUND, INCOMPLETE -> ExitCode.NOT_FOUND;
			case DAMAGED -> ExitCode.DAMAGED;
			case UNKNOWN_FORMAT -> ExitCode.INCOMPATIBLE;
		};
	}

}
