package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.backup.SourceException;
import dev.milvusbackup.copy.CopyException;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.RunSummary.CollectionResult;
import dev.milvusbackup.launch.RunSummary.CollectionResult.Status;
import dev.milvusbackup.ledger.LedgerException;
import dev.milvusbackup.manifest.ManifestException;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.model.InvalidNameException;
import dev.milvusbackup.restore.RestoreException;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.StorageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class OutcomeTest {

	private final CommandLineHarness cli;

	OutcomeTest(@TempDir Path directory) throws IOException {
		this.cli = new CommandLineHarness(directory);
	}

	@ParameterizedTest
	@EnumSource
	void theExitCodeIsThatOfTheRun(ExitCode exitCode) {
		this.cli.runs().answering(exitCode);
		assertThat(this.cli.run("create", "-n", "b1")).isEqualTo(exitCode.code());
		assertThat(this.cli.out().isEmpty()).isEqualTo(exitCode != ExitCode.COMPLETE);
		assertThat(this.cli.err().contains("HINT: try something else")).isEqualTo(exitCode != ExitCode.COMPLETE);
	}

	@Test
	void theNumbersAreThePublishedOnes() {
		assertThat(Stream.of(ExitCode.values()).map(ExitCode::code)).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
	}

	@ParameterizedTest
	@MethodSource
	void theExitCodeTellsWhatKindOfErrorItWas(RuntimeException error, ExitCode expected) {
		this.cli.runs().failing(error);
		assertThat(this.cli.run("create", "-n", "b1", "--output", "json")).isEqualTo(expected.code());
		JsonNode json = this.cli.json();
		assertThat(json.path("exit_code").asInt()).isEqualTo(expected.code());
		assertThat(json.path("error").path("message").asString()).contains(String.valueOf(error.getMessage()));
		assertThat(json.path("action").asString()).isEqualTo("backup");
		assertThat(json.path("backup").asString()).isEqualTo("b1");
		assertThat(this.cli.err()).contains(String.valueOf(error.getMessage()));
		if (error instanceof BackupException known && known.hint() != null) {
			assertThat(this.cli.err()).contains("HINT: " + known.hint());
		}
		assertThat(this.cli.runs().isClosed()).isTrue();
	}

	static Stream<Arguments> theExitCodeTellsWhatKindOfErrorItWas() {
		return Stream.of(arguments(new LaunchException(ExitCode.RUNNING, "m", "h"), ExitCode.RUNNING),
				arguments(new InvalidNameException("m", "h"), ExitCode.USAGE),
				arguments(storage(StorageException.Kind.TRANSIENT), ExitCode.FAILED),
				arguments(storage(StorageException.Kind.CONFIGURATION), ExitCode.USAGE),
				arguments(storage(StorageException.Kind.PERMANENT), ExitCode.FAILED),
				arguments(new ObjectNotFoundException("m", null), ExitCode.FAILED),
				arguments(milvus(MilvusException.Kind.UNAVAILABLE), ExitCode.FAILED),
				arguments(milvus(MilvusException.Kind.DENIED), ExitCode.USAGE),
				arguments(milvus(MilvusException.Kind.NOT_FOUND), ExitCode.FAILED),
				arguments(milvus(MilvusException.Kind.UNSUPPORTED), ExitCode.INCOMPATIBLE),
				arguments(milvus(MilvusException.Kind.UNKNOWN_OUTCOME), ExitCode.FAILED),
				arguments(milvus(MilvusException.Kind.REFUSED), ExitCode.FAILED),
				arguments(manifest(ManifestException.Kind.NOT_FOUND), ExitCode.NOT_FOUND),
				arguments(manifest(ManifestException.Kind.INCOMPLETE), ExitCode.NOT_FOUND),
				arguments(manifest(ManifestException.Kind.DAMAGED), ExitCode.DAMAGED),
				arguments(manifest(ManifestException.Kind.UNKNOWN_FORMAT), ExitCode.INCOMPATIBLE),
				arguments(new LedgerException("m", "h", null), ExitCode.FAILED),
				arguments(new CopyException("m", "h"), ExitCode.FAILED),
				arguments(new SourceException(SourceException.Kind.PREFLIGHT, "m", "h"), ExitCode.USAGE),
				arguments(new SourceException(SourceException.Kind.SOURCE, "m", "h"), ExitCode.FAILED),
				arguments(restore(RestoreException.Kind.PREFLIGHT), ExitCode.USAGE),
				arguments(restore(RestoreException.Kind.INCOMPATIBLE), ExitCode.INCOMPATIBLE),
				arguments(restore(RestoreException.Kind.DAMAGED), ExitCode.DAMAGED),
				arguments(restore(RestoreException.Kind.STALLED), ExitCode.FAILED),
				arguments(restore(RestoreException.Kind.FAILED), ExitCode.FAILED),
				arguments(new IllegalStateException("m"), ExitCode.FAILED));
	}

	@Test
	void anErrorTellsTheGeneratedNameThatTheNextCommandNeeds() {
		this.cli.runs().failing(storage(StorageException.Kind.TRANSIENT));
		assertThat(this.cli.run("create", "--output", "json")).isEqualTo(1);
		assertThat(this.cli.json().path("backup").asString()).startsWith("backup_20");
	}

	@Test
	void theUnexpectedIsToldAsAMistakeOfTheProgram() {
		this.cli.runs().failing(new IllegalStateException("broken"));
		this.cli.run("create", "-n", "b1");
		assertThat(this.cli.err())
			.contains("unable to create: unexpected java.lang.IllegalStateException: broken",
					"HINT: this is a mistake in milvus-backup")
			.doesNotContain("\tat ");
	}

	@Test
	void theJsonObjectHasEverythingAScheduleNeeds() {
		this.cli.runs()
			.answering(ExitCode.PARTIAL, new CollectionResult("default.a", Status.OK, "", "not comparable"),
					new CollectionResult("default.b", Status.FAILED, "gone"),
					new CollectionResult("db.c", Status.SKIPPED, "dropped"));
		assertThat(this.cli.run("--output", "json", "create", "-n", "b1")).isEqualTo(3);
		assertThat(this.cli.out().strip()).isEqualTo("""
				{"status":"partial","exit_code":3,"action":"backup","backup":"b1","run":7,"odate":null,\
				"message":"unable to do it: because","notes":[],"collections":{"ok":["default.a"],\
				"failed":[{"name":"default.b","reason":"gone"}],"skipped":[{"name":"db.c","reason":"dropped"}],\
				"notes":[{"name":"default.a","note":"not comparable"}]},\
				"rows":10,"bytes":2048,"objects_copied":3,"objects_reused":4,"seconds":1.234,"restarts":2,\
				"error":{"message":"unable to do it: because","hint":"try something else"}}""");
		assertThat(this.cli.err()).contains("default.a: not comparable", "default.b failed: gone",
				"db.c skipped: dropped");
	}

	@Test
	void theJsonObjectOfASuccessHasNoError() {
		this.cli.run("create", "-n", "b1", "--output=json");
		assertThat(this.cli.json().path("status").asString()).isEqualTo("complete");
		assertThat(this.cli.json().path("error").isNull()).isTrue();
	}

	@Test
	void aRefusedConfigurationEndsWithOneJsonObjectToo() {
		assertThat(this.cli.run("list", "--config", "none.yaml", "--output", "json")).isEqualTo(2);
		assertThat(this.cli.json().path("error").path("message").asString()).contains("'none.yaml'");
	}

	private static StorageException storage(StorageException.Kind kind) {
		return new StorageException(kind, "m", "h", null);
	}

	private static RestoreException restore(RestoreException.Kind kind) {
		return new RestoreException(kind, "m", "h");
	}

	private static MilvusException milvus(MilvusException.Kind kind) {
		return new MilvusException(kind, "m", "h", null);
	}

	private static ManifestException manifest(ManifestException.Kind kind) {
		return new ManifestException(kind, "m", "h", null);
	}

}
