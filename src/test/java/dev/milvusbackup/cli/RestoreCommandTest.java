package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.RestoreRequest.Options;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.RestoreDetails.Roles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RestoreCommandTest {

	private static final Options NO_OPTIONS = new Options(false, false, false, false, false, false);

	private final CommandLineHarness cli;

	private final Path directory;

	RestoreCommandTest(@TempDir Path directory) throws IOException {
		this.directory = directory;
		this.cli = new CommandLineHarness(directory);
	}

	@Test
	void printsWhatTheGoToolPrints() {
		assertThat(this.cli.run("restore", "-n", "b1")).isZero();
		assertThat(this.cli.outLines()).containsExactly("duration:1.23 s");
		assertThat(request()).isEqualTo(new RestoreRequest(new BackupName("b1"), CollectionFilter.ALL,
				CollectionFilter.ALL, "", List.of(), NO_OPTIONS, null));
	}

	@Test
	void allOptionsArePassedOn() {
		assertThat(this.cli.run("restore", "--name", "b1", "--filter", "db.*", "-r", "a:b, c:d", "--rebuild_index",
				"--use_auto_index", "--meta_only", "--drop_exist_collection", "--drop_exist_index", "--restore_id",
				"r1"))
			.isZero();
		assertThat(request())
			.isEqualTo(new RestoreRequest(new BackupName("b1"), CollectionFilter.ALL, CollectionFilter.parse("db.*"),
					"", List.of("a:b", "c:d"), new Options(true, true, true, true, true, false), "r1"));
	}

	@Test
	void theDeprecatedOptionsSelectByTheNamesInTheBackup() {
		assertThat(this.cli.run("restore", "-n", "b1", "-c", "a,db.b", "-s", "_copy", "--restore_index",
				"--skip_create_collection"))
			.isZero();
		assertThat(request()).isEqualTo(new RestoreRequest(new BackupName("b1"), CollectionFilter.parse("a,db.b"),
				CollectionFilter.ALL, "_copy", List.of(), new Options(true, false, false, false, false, true), null));
		assertThat(this.cli.err()).contains("--restore_index is deprecated", "use --filter");
	}

	@ParameterizedTest
	@ValueSource(strings = { "--rbac_databases a", "-s _a -r a:b", "-s a-b",
			"--drop_exist_collection --skip_create_collection", "-c a --filter b", "-n 1x" })
	void whatCannotBeDoneIsRefused(String options) {
		String[] args = ("restore " + (options.contains("-n") ? "" : "-n b ") + options).split(" ");
		assertThat(this.cli.run(args)).isEqualTo(2);
		assertThat(this.cli.out()).isEmpty();
		assertThat(this.cli.err()).contains("unable to ");
		assertThat(this.cli.runs().wasOpened()).isFalse();
	}

	@Test
	void usersRolesAndKeysAreAskedFor() throws IOException {
		Path keys = Files.writeString(this.directory.resolve("keys.yaml"), "old-secret: new-secret\n");
		assertThat(this.cli.run("restore", "-n", "b1", "--rbac", "--rbac_databases", "shop,default", "--ezk_mapping",
				keys.toString()))
			.isZero();
		assertThat(request().details().roles()).isEqualTo(new Roles(true, Set.of("shop", "default")));
		assertThat(request().details().keys().mapping()).containsExactly(Map.entry("old-secret", "new-secret"));
		assertThat(request().toString() + this.cli.err()).doesNotContain("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "old-secret: [1]", "old-secret: ''", "old-secret" })
	void aMappingOfKeysThatCannotBeReadIsRefusedWithoutTellingIt(String content) throws IOException {
		Path keys = Files.writeString(this.directory.resolve("keys.yaml"), content);
		assertThat(this.cli.run("restore", "-n", "b1", "--ezk_mapping", keys.toString())).isEqualTo(2);
		assertThat(this.cli.err()).contains("unable to ").doesNotContain("secret");
	}

	@Test
	void aCountOfRowsIsAskedFor() {
		assertThat(this.cli.run("restore", "-n", "b1", "--rebuild_index", "--count_rows")).isZero();
		assertThat(request().details().wishes().count()).isTrue();
	}

	@Test
	void aNameIsRequired() {
		assertThat(this.cli.run("restore")).isEqualTo(2);
		assertThat(this.cli.err()).contains("--name", "Usage: milvus-backup restore");
	}

	private RestoreRequest request() {
		assertThat(this.cli.runs().requests()).hasSize(1);
		return (RestoreRequest) this.cli.runs().requests().get(0);
	}

}
