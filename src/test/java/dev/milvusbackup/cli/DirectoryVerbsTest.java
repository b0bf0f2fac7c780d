package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * list, get, delete and verify on backups that the Go tool wrote.
 */
class DirectoryVerbsTest {

	private static final Path GOLDEN = Path.of("src/test/resources/golden/bk-bucket/backup");

	private final CommandLineHarness cli;

	DirectoryVerbsTest(@TempDir Path directory) throws IOException {
		this.cli = new CommandLineHarness(directory);
	}

	@Test
	void listShowsNothingButItsHeadWhereThereIsNoBackup() {
		assertThat(this.cli.run("list")).isZero();
		assertThat(this.cli.outLines()).containsExactly(">> Backups:");
	}

	@Test
	void listMarksWhatCannotBeRestored() throws IOException {
		golden("golden_v0_4_15");
		golden("golden_v0_5_16");
		unfinish(golden("golden_v0_5_16", "half"));
		Files.writeString(meta(golden("golden_v0_5_16", "torn")), "{\"name\":");
		assertThat(this.cli.run("list")).isZero();
		assertThat(this.cli.outLines()).containsExactly(">> Backups:", "golden_v0_4_15", "golden_v0_5_16",
				"half (incomplete)", "torn (damaged)");
	}

	@Test
	void listAsJsonHasTheStates() throws IOException {
		golden("golden_v0_4_15");
		unfinish(golden("golden_v0_5_16", "half"));
		assertThat(this.cli.run("list", "--output", "json")).isZero();
		JsonNode backups = this.cli.json().path("backups");
		assertThat(backups.size()).isEqualTo(2);
		assertThat(backups.path(0).path("name").asString()).isEqualTo("golden_v0_4_15");
		assertThat(backups.path(0).path("state").asString()).isEqualTo("complete");
		assertThat(backups.path(0).path("milvus_version").asString()).contains("2.3.5");
		assertThat(backups.path(1).path("state").asString()).isEqualTo("incomplete");
	}

	@Test
	void theDeprecatedListByCollectionWorks() throws IOException {
		golden("golden_v0_4_15");
		assertThat(this.cli.run("list", "-c", "fx_db.fx_all_types")).isZero();
		assertThat(this.cli.outLines()).containsExactly(">> Backups:", "golden_v0_4_15");
		assertThat(this.cli.err()).contains("deprecated");
		assertThat(this.cli.run("list", "-c", "other")).isZero();
		assertThat(this.cli.outLines()).containsExactly(">> Backups:");
	}

	@Test
	void getPrintsTheBriefDescription() throws IOException {
		golden("golden_v0_5_16");
		assertThat(this.cli.run("get", "-n", "golden_v0_5_16")).isZero();
		assertThat(this.cli.out()).contains("\n    \"name\": \"golden_v0_5_16\"");
		assertThat(this.cli.json().path("collection_backups").size()).isEqualTo(5);
		assertThat(this.cli.out()).doesNotContain("partition_backups");
	}

	@Test
	void getWithTheDeprecatedDetailPrintsEverything() throws IOException {
		golden("golden_v0_5_16");
		assertThat(this.cli.run("get", "-n", "golden_v0_5_16", "--detail")).isZero();
		assertThat(this.cli.out().strip())
			.isEqualTo(Files.readString(this.cli.backupRoot().resolve("golden_v0_5_16/meta/full_meta.json")).strip());
	}

	@Test
	void getAsJsonIsOneObjectAround() throws IOException {
		golden("golden_v0_5_16");
		assertThat(this.cli.run("get", "-n", "golden_v0_5_16", "--output", "json")).isZero();
		assertThat(this.cli.json().path("exit_code").asInt()).isZero();
		assertThat(this.cli.json().path("description").path("name").asString()).isEqualTo("golden_v0_5_16");
	}

	@Test
	void anUnknownBackupIsExitCode8() {
		this.cli.useRealRuns();
		for (String verb : new String[] { "get", "delete", "verify" }) {
			assertThat(this.cli.run(verb, "-n", "nowhere")).as(verb).isEqualTo(8);
			assertThat(this.cli.err()).contains("unable to ", "'nowhere'", "HINT: ");
			assertThat(this.cli.out()).isEmpty();
		}
	}

	@Test
	void anUnfinishedBackupIsExitCode8() throws IOException {
		unfinish(golden("golden_v0_5_16", "half"));
		assertThat(this.cli.run("get", "-n", "half")).isEqualTo(8);
		assertThat(this.cli.err()).contains("never finished");
	}

	@Test
	void aDamagedDescriptionIsExitCode6() throws IOException {
		Path backup = golden("golden_v0_5_16");
		Files.writeString(backup.resolve("meta/full_meta.json"), "{\"name\":");
		assertThat(this.cli.run("get", "-n", "golden_v0_5_16")).isEqualTo(6);
	}

	@Test
	void anUnknownFormatIsExitCode7() throws IOException {
		Path backup = golden("golden_v0_5_16");
		for (String file : new String[] { "backup_meta.json", "full_meta.json" }) {
			Path meta = backup.resolve("meta").resolve(file);
			Files.writeString(meta, Files.readString(meta).replaceFirst("\\{", "{\"format\":\"v9\","));
		}
		assertThat(this.cli.run("get", "-n", "golden_v0_5_16")).isEqualTo(7);
	}

	@Test
	void deleteRemovesABackupAndNothingElse() throws IOException {
		Path backup = golden("golden_v0_5_16");
		golden("golden_v0_5_16", "golden_v0_5_160");
		assertThat(this.cli.run("delete", "-n", "golden_v0_5_16")).isZero();
		assertThat(this.cli.outLines()).containsExactly("delete backup done");
		assertThat(backup).doesNotExist();
		assertThat(this.cli.run("list")).isZero();
		assertThat(this.cli.outLines()).containsExactly(">> Backups:", "golden_v0_5_160");
	}

	@Test
	void deleteRemovesAnUnfinishedBackup() throws IOException {
		Path backup = golden("golden_v0_5_16", "half");
		unfinish(backup);
		assertThat(this.cli.run("delete", "-n", "half")).isZero();
		assertThat(backup).doesNotExist();
	}

	@Test
	void verifyOfAGoodBackupSaysWhatItSaw() throws IOException {
		this.cli.useRealRuns();
		golden("golden_v0_5_16");
		assertThat(this.cli.run("verify", "-n", "golden_v0_5_16", "--deep")).isZero();
		assertThat(this.cli.out()).startsWith("verify backup success").contains(" objects, ");
	}

	@Test
	void verifyNamesWhatIsMissingAndEndsWith6() throws IOException {
		this.cli.useRealRuns();
		Path backup = golden("golden_v0_5_16");
		Path lost = firstLog(backup);
		Files.delete(lost);
		assertThat(this.cli.run("verify", "-n", "golden_v0_5_16", "--output", "json")).isEqualTo(6);
		JsonNode json = this.cli.json();
		assertThat(json.path("status").asString()).isEqualTo("damaged");
		assertThat(json.path("problem_count").asInt()).isEqualTo(1);
		assertThat(json.path("problems").path(0).path("key").asString()).endsWith(lost.getFileName().toString());
		assertThat(json.path("error").path("hint").asString()).isNotEmpty();
		assertThat(this.cli.err()).contains(lost.getFileName().toString(), "unable to verify backup");
	}

	private Path golden(String name) throws IOException {
		return golden(name, name);
	}

	/** A copy of a golden backup, under the new name in its description too. */
	private Path golden(String name, String newName) throws IOException {
		Path source = GOLDEN.resolve(name);
		Path target = this.cli.backupRoot().resolve(newName);
		Files.walkFileTree(source, new SimpleFileVisitor<>() {
			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Path copy = target.resolve(source.relativize(file));
				Files.createDirectories(copy.getParent());
				if (file.toString().endsWith(".json")) {
					Files.writeString(copy, Files.readString(file).replace(name, newName));
				}
				else {
					Files.copy(file, copy);
				}
				return FileVisitResult.CONTINUE;
			}
		});
		return target;
	}

	private static Path meta(Path backup) {
		return backup.resolve("meta/backup_meta.json");
	}

	private static void unfinish(Path backup) throws IOException {
		Files.delete(meta(backup));
	}

	private static Path firstLog(Path backup) throws IOException {
		try (Stream<Path> files = Files.walk(backup.resolve("binlogs"))) {
			return files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
		}
	}

}
