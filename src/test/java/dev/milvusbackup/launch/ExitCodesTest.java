package dev.milvusbackup.launch;

import java.util.stream.Stream;

import dev.milvusbackup.backup.SourceException;
import dev.milvusbackup.copy.CopyException;
import dev.milvusbackup.ledger.LedgerException;
import dev.milvusbackup.manifest.ManifestException;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.model.InvalidNameException;
import dev.milvusbackup.restore.RestoreException;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.StorageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ExitCodesTest {

	@ParameterizedTest
	@MethodSource("errors")
	void everyKindOfErrorHasItsExitCode(Throwable error, int code) {
		assertThat(ExitCodes.of(error).code()).isEqualTo(code);
	}

	static Stream<Arguments> errors() {
		return Stream.of(arguments(new SourceException(SourceException.Kind.PREFLIGHT, "m", null), 2),
				arguments(new SourceException(SourceException.Kind.SOURCE, "m", null), 1),
				arguments(new CopyException("m", null), 1), arguments(new LedgerException("m", null, null), 1),
				arguments(new InvalidNameException("m", "h"), 2),
				arguments(new LaunchException(ExitCode.RUNNING, "m", null), 5), arguments(restore("PREFLIGHT"), 2),
				arguments(restore("INCOMPATIBLE"), 7), arguments(restore("DAMAGED"), 6),
				arguments(restore("STALLED"), 1), arguments(restore("FAILED"), 1), arguments(milvus("DENIED"), 2),
				arguments(milvus("UNSUPPORTED"), 7), arguments(milvus("UNAVAILABLE"), 1),
				arguments(milvus("UNKNOWN_OUTCOME"), 1), arguments(manifest("NOT_FOUND"), 8),
				arguments(manifest("INCOMPLETE"), 8), arguments(manifest("DAMAGED"), 6),
				arguments(manifest("UNKNOWN_FORMAT"), 7),
				arguments(new StorageException(StorageException.Kind.CONFIGURATION, "m", null, null), 2),
				arguments(new StorageException(StorageException.Kind.TRANSIENT, "m", null, null), 1),
				arguments(new ObjectNotFoundException("m", null), 1), arguments(new IllegalStateException("bug"), 1));
	}

	private static RestoreException restore(String kind) {
		return new RestoreException(RestoreException.Kind.valueOf(kind), "m", null);
	}

	private static MilvusException milvus(String kind) {
		return new MilvusException(MilvusException.Kind.valueOf(kind), "m", null, null);
	}

	private static ManifestException manifest(String kind) {
		return new ManifestException(ManifestException.Kind.valueOf(kind), "m", null, null);
	}

}
