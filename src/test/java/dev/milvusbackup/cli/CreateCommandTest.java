package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.CreateRequest.Strategy;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CreateCommandTest {

	private final CommandLineHarness cli;

	CreateCommandTest(@TempDir Path directory) throws IOException {
		this.cli = new CommandLineHarness(directory);
	}

	@Test
	void printsWhatTheGoToolPrints() {
		assertThat(this.cli.run("create", "-n", "b1")).isZero();
		assertThat(this.cli.outLines()).containsExactly("create backup success", "duration:1.23 s");
		assertThat(this.cli.err()).contains("all done");
		assertThat(request()).isEqualTo(new CreateRequest(new BackupName("b1"), CollectionFilter.ALL, Strategy.AUTO));
		assertThat(this.cli.runs().isClosed()).isTrue();
	}

	@Test
	void aMissingNameIsGeneratedAndTold() {
		assertThat(this.cli.run("create")).isZero();
		String name = request().name().value();
		assertThat(name).matches("backup_\\d{4}(_\\d{2}){5}_\\d+");
		assertThat(this.cli.err()).contains("backup " + name);
	}

	@Test
	void filterAndStrategyArePassedOn() {
		assertThat(this.cli.run("create", "-n", "b", "--filter", "db1.*,db2.c,c", "--strategy", "serial_flush",
				"--format", "binlog"))
			.isZero();
		assertThat(request().filter()).isEqualTo(CollectionFilter.parse("db1.*,db2.c,c"));
		assertThat(request().strategy()).isEqualTo(Strategy.SERIAL_FLUSH);
	}

	@Test
	void theDeprecatedCollectionsWork() {
		assertThat(this.cli.run("create", "-n", "b", "--colls", "a,db.b")).isZero();
		assertThat(request().filter()).isEqualTo(CollectionFilter.parse("a,db.b"));
		assertThat(this.cli.err()).contains("WARNING", "deprecated");
	}

	@Test
	void theDeprecatedDatabasesWork() {
		assertThat(this.cli.run("create", "-n", "b", "-d", "db1,db2")).isZero();
		assertThat(request().filter()).isEqualTo(CollectionFilter.parse("db1.*,db2.*"));
	}

	@Test
	void theDeprecatedDatabaseCollectionsWork() {
		assertThat(this.cli.run("create", "-n", "b", "-a", "{\"db1\":[\"a\",\"b\"],\"db2\":[]}")).isZero();
		assertThat(request().filter().databases()).isEqualTo(Map.of("db1", Set.of("a", "b"), "db2", Set.of("*")));
	}

	@ParameterizedTest
	@CsvSource({ "-f,SKIP_FLUSH", "--force,SKIP_FLUSH", "--force=true,SKIP_FLUSH", "--force=false,AUTO",
			"--meta_only,META_ONLY" })
	void theDeprecatedStrategiesWork(String option, Strategy expected) {
		assertThat(this.cli.run("create", "-n", "b", option)).isZero();
		assertThat(request().strategy()).isEqualTo(expected);
		assertThat(this.cli.err().contains("deprecated")).isEqualTo(expected != Strategy.AUTO);
	}

	@ParameterizedTest
	@CsvSource({ "create -n b --format Snapshot, SNAPSHOT", "create -n b --format binlog, BINLOG",
			"create -n b, AUTO" })
	void theFormatIsPassedOn(String command, CreateRequest.Format format) {
		assertThat(this.cli.run(command.split(" "))).isZero();
		assertThat(request().format()).isEqualTo(format);
	}

	@Test
	void metaOnlyWithForceStaysMetaOnly() {
		assertThat(this.cli.run("create", "-n", "b", "--meta_only", "-f")).isZero();
		assertThat(request().strategy()).isEqualTo(Strategy.META_ONLY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "--format tar", "--strategy fast", "--strategy skip_flush --force", "--filter a -c b",
			"-c a -d b", "-a {\"db\":1}", "-a nonsense", "--filter a.b.c!", "-n 1st", "-n my-backup" })
	void whatCannotBeDoneIsRefused(String options) {
		String[] args = ("create --output json " + options).split(" ");
		assertThat(this.cli.run(args)).isEqualTo(2);
		assertThat(this.cli.json().path("error").path("message").asString()).startsWith("unable to ");
		assertThat(this.cli.err()).contains("unable to ");
		assertThat(this.cli.runs().wasOpened()).isFalse();
	}

	private CreateRequest request() {
		assertThat(this.cli.runs().requests()).hasSize(1);
		return (CreateRequest) this.cli.runs().requests().get(0);
	}

}
