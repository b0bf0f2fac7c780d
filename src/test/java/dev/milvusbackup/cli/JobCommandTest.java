package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.CreateRequest.Strategy;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.ExpireRequest;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.retention.RetentionPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class JobCommandTest {

	private final CommandLineHarness cli;

	JobCommandTest(@TempDir Path directory) throws IOException {
		this.cli = new CommandLineHarness(directory);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "--job backup name=nightly_{odate},odate=260131 strategy=meta_only rbac=true",
					"--job start backup name=nightly_{odate} odate=2026-01-31,strategy=meta_only,rbac=true",
					"job backup rbac=TRUE strategy=meta_only,odate=20260131,name=nightly_{odate}" })
	void aBackupIsStartedAsByCreate(String line) {
		assertThat(run(line)).isZero();
		assertThat(this.cli.runs().requests()).containsExactly(
				new CreateRequest(new BackupName("nightly_20260131"), CollectionFilter.ALL, Strategy.META_ONLY, true));
	}

	@Test
	void aCommaBelongsToAValueUnlessAParameterFollows() {
		assertThat(run("--job backup name=b1,filter=db1.a,db2.*,c,rbac=false")).isZero();
		assertThat(this.cli.runs().requests()).containsExactly(
				new CreateRequest(new BackupName("b1"), CollectionFilter.parse("db1.a,db2.*,c"), Strategy.AUTO, false));
	}

	@Test
	void aRestoreAndAnExpiryAreStartedAsByTheirVerbs() {
		assertThat(run("--job restore name=b1 rename=a:b,c:d restore_id=r1 rebuild_index=true")).isZero();
		assertThat(run("--job start expire keep_last=3,keep_within=30d,prefix=nightly_,apply=true")).isZero();
		assertThat(this.cli.runs().requests()).hasSize(2);
		RestoreRequest restore = (RestoreRequest) this.cli.runs().requests().get(0);
		assertThat(restore.renames()).containsExactly("a:b", "c:d");
		assertThat(restore.restoreId()).isEqualTo("r1");
		assertThat(restore.options().rebuildIndex()).isTrue();
		assertThat(this.cli.runs().requests().get(1)).isEqualTo(new ExpireRequest("nightly_",
				new RetentionPolicy(3, 0, 0, 0, Duration.ofDays(30), Duration.ofDays(7)), true));
	}

	@Test
	void whatEveryVerbTakesStandsBeforeAndAfter() {
		assertThat(run("--output json --job backup name=b1 --quiet --set transfer.concurrency=4")).isZero();
		assertThat(this.cli.json().path("action").asString()).isEqualTo("backup");
		assertThat(this.cli.err()).isEmpty();
	}

	@Test
	void theExitCodeIsThatOfTheRun() {
		this.cli.runs().answering(ExitCode.PARTIAL);
		assertThat(run("--job backup name=b1")).isEqualTo(3);
		assertThat(run("--job backup name=b1 --warnings_ok")).isZero();
		this.cli.runs().failing(new LaunchException(ExitCode.RUNNING, "unable to do it: it runs", "wait"));
		assertThat(run("--job backup name=b1,odate=260131,strategy=auto --output json")).isEqualTo(2);
		assertThat(run("--job backup name=b1 --output json")).isEqualTo(5);
		assertThat(this.cli.json().path("action").asString()).isEqualTo("backup");
		assertThat(this.cli.json().path("backup").asString()).isEqualTo("b1");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "--job|Missing required parameter", "--job strat backup name=b1|did you mean 'start'?",
					"--job bakup name=b1|did you mean 'backup'?", "--job start bakcup name=b1|did you mean 'backup'?",
					"--job startNextInstance backup|there are the operations start, restart, stop, recover, abandon",
					"--job start|name one of backup, expire, restore, verify",
					"--job backup nmae=b1|there is no parameter 'nmae'", "--job backup nmae=b1|did you mean 'name'?",
					"--job backup name=b1 colour=blue|there are: backup_index_extra",
					"--job backup name=b1 config=x.yaml|there is no parameter 'config'",
					"--job backup name=b1 name=b2|parameter 'name' is given twice",
					"--job backup b1|'b1' is no parameter", "--job backup =b1|'=b1' is no parameter",
					"--job backup name=b1 rbac=yes|write true or false",
					"--job backup name=b1,java.lang.String,true|names a type",
					"--job restore suffix=_x|parameter 'name'", "--job expire keep_last=many|parameter 'keep_last'",
					"--job restart|which one is not said", "--job restart latest|not an execution",
					"--job stop 0x12|not an execution", "--job recover -5|not an execution",
					"--job recover --5|Unknown option", "--job abandon run=|not an execution",
					"--job stop 1 2|'2' is too much", "--job stop 99999999999999999999|not an execution" })
	void nonsenseIsRefusedBeforeAnythingIsDone(String line, String told) {
		assertThat(run(line)).isEqualTo(2);
		assertThat(this.cli.err()).contains(told);
		assertThat(this.cli.runs().requests()).isEmpty();
	}

	@Test
	void theHelpNamesTheOperations() {
		assertThat(run("--job --help")).isZero();
		assertThat(this.cli.out()).contains("restart|stop|recover|abandon", "alive elsewhere",
				"no such backup or execution");
	}

	private int run(String line) {
		return this.cli.run(List.of(line.split(" ")).toArray(String[]::new));
	}

}
