package dev.milvusbackup.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import dev.milvusbackup.ledger.DatabaseErrors;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.LedgerException;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.testing.process.ChildJvm;
import dev.milvusbackup.testing.sql.PostgresServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

class RepositoryDataSourceTest {

	@TempDir
	Path directory = Path.of("");

	@Test
	void secondProcessWorksThroughTheOneThatHoldsTheFile() {
		try (ChildJvm holder = child("serving")) {
			holder.await("READY");
			try (RepositoryDataSource second = RepositoryDataSource.open(RepositoryProperties.h2(this.directory))) {
				RunLedger runs = new RunLedger(new LedgerDatabase(second));
				holder.send("open");
				long run = Long.parseLong(holder.await("OPENED "));
				assertThat(runs.find(run)).isPresent();
			}
			holder.send("end");
			assertThat(holder.awaitExit()).isZero();
		}
	}

	@Test
	void nextProcessTakesOverFromAKilledOneAndFindsEveryCommit() {
		try (ChildJvm holder = child("serving")) {
			holder.await("READY");
			try (RepositoryDataSource second = RepositoryDataSource.open(RepositoryProperties.h2(this.directory))) {
				RunLedger runs = new RunLedger(new LedgerDatabase(second));
				long last = 0;
				for (int i = 0; i < 5; i++) {
					holder.send("open");
					last = Long.parseLong(holder.await("OPENED "));
				}
				holder.kill();
				long run = last;
				await().ignoreExceptions()
					.atMost(Duration.ofSeconds(20))
					.untilAsserted(() -> assertThat(runs.find(run)).isPresent());
				assertThat(runs.runs(10)).hasSize(5);
			}
		}
	}

	@Test
	void holderLeavesAfterTheTransactionsThatGoThroughIt() throws Exception {
		try (ChildJvm holder = child("serving")) {
			holder.await("READY");
			try (RepositoryDataSource second = RepositoryDataSource.open(RepositoryProperties.h2(this.directory));
					FileChannel turnstile = FileChannel.open(this.directory.resolve("repository.use"),
							StandardOpenOption.WRITE)) {
				try (Connection connection = second.getConnection();
						Statement statement = connection.createStatement()) {
					statement.execute("CREATE TABLE half (i INT)");
					connection.setAutoCommit(false);
					statement.execute("INSERT INTO half VALUES (1)");
					holder.send("end");
					await().atMost(Duration.ofSeconds(60)).until(() -> isLeaving(turnstile));
					statement.execute("INSERT INTO half VALUES (2)");
					connection.commit();
				}
				assertThat(holder.awaitExit()).isZero();
				try (Connection connection = second.getConnection();
						ResultSet rows = connection.createStatement().executeQuery("SELECT COUNT(*) FROM half")) {
					rows.next();
					assertThat(rows.getInt(1)).isEqualTo(2);
				}
			}
		}
	}

	private static boolean isLeaving(FileChannel turnstile) throws IOException {
		try (FileLock passed = turnstile.tryLock(0, 1, false)) {
			return passed == null;
		}
	}

	@Test
	void processThatDoesNotServeIsWaitedFor() {
		try (ChildJvm holder = child("alone")) {
			holder.await("READY");
			Thread end = new Thread(() -> holder.send("end"));
			end.start();
			try (RepositoryDataSource second = RepositoryDataSource.open(RepositoryProperties.h2(this.directory))) {
				assertThat(new RunLedger(new LedgerDatabase(second)).runs(1)).isEmpty();
			}
		}
	}

	@Test
	void fileThatAnotherProcessKeepsIsAnError() throws Exception {
		try (ChildJvm holder = child("alone")) {
			holder.await("READY");
			try (EmbeddedDatabase second = new EmbeddedDatabase(this.directory, true, Duration.ofMillis(100))) {
				SQLException error = catchThrowableOfType(SQLException.class, second::getConnection);
				assertThat(DatabaseErrors.unableTo("open it", error).hint())
					.startsWith("another process holds the file");
			}
		}
	}

	@Test
	void keyOfTheDatabaseIsForItsOwnerOnly() throws IOException {
		try (RepositoryDataSource dataSource = RepositoryDataSource.open(RepositoryProperties.h2(this.directory))) {
			assertThat(dataSource).isNotNull();
			assertThat(PosixFilePermissions
				.toString(Files.getPosixFilePermissions(this.directory.resolve("repository.server"))))
				.isEqualTo("rw-------");
		}
		assertThat(this.directory.resolve("repository.server")).doesNotExist();
	}

	@Test
	void directoryThatCannotBeMadeIsAnError() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));
		assertThatExceptionOfType(LedgerException.class)
			.isThrownBy(() -> RepositoryDataSource.open(RepositoryProperties.h2(file.resolve("below"))))
			.withMessageStartingWith("unable to use the job repository '" + file.resolve("below") + "'")
			.satisfies(ex -> assertThat(ex.hint()).contains("can write to"));
	}

	@Test
	void damagedFileIsAnError() throws IOException {
		Files.writeString(this.directory.resolve("repository.mv.db"), "nonsense".repeat(2000));
		assertThatExceptionOfType(LedgerException.class)
			.isThrownBy(() -> RepositoryDataSource.open(RepositoryProperties.h2(this.directory)))
			.satisfies(ex -> assertThat(ex.hint()).contains("damaged"));
	}

	@Test
	void unreachableServerIsAnErrorWithoutThePassword() {
		RepositoryProperties nowhere = RepositoryProperties
			.postgresql("jdbc:postgresql://localhost:1/db?password=s3cret", "me", "s3cret");
		assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> RepositoryDataSource.open(nowhere))
			.withMessageStartingWith("unable to open the job repository 'jdbc:postgresql://localhost:1/db'")
			.satisfies(ex -> assertThat(ex.hint()).contains("can be reached"))
			.satisfies(ex -> assertThat(ex.getMessage()).doesNotContain("s3cret"));
	}

	@Test
	void unknownUserAndUnknownDatabaseAreErrors() {
		String url = PostgresServer.instance().createSchema();
		assertThatExceptionOfType(LedgerException.class)
			.isThrownBy(() -> RepositoryDataSource.open(RepositoryProperties.postgresql(url, "nobody", "wrong")))
			.satisfies(ex -> assertThat(ex.hint()).contains("user and password"));
		String noDatabase = url.replace("/postgres?", "/missing?");
		assertThatExceptionOfType(LedgerException.class)
			.isThrownBy(() -> RepositoryDataSource.open(RepositoryProperties.postgresql(noDatabase, "postgres", null)))
			.satisfies(ex -> assertThat(ex.hint()).contains("create the database"));
	}

	@Test
	void interruptOfAThreadLeavesTheDatabaseOpenForTheOthers() throws Exception {
		try (RepositoryDataSource dataSource = RepositoryDataSource.open(RepositoryProperties.h2(this.directory))) {
			RunLedger runs = new RunLedger(new LedgerDatabase(dataSource));
			for (int round = 0; round < 30; round++) {
				CountDownLatch writing = new CountDownLatch(1);
				Thread writer = new Thread(() -> {
					while (!Thread.currentThread().isInterrupted()) {
						open(runs);
						writing.countDown();
					}
				});
				writer.start();
				writing.await();
				writer.interrupt();
				writer.join();
				assertThat(runs.runs(1)).hasSize(1);
			}
		}
	}

	private static void open(RunLedger runs) {
		try {
			runs.open(new RunIdentity(RunKind.BACKUP, "place", "subject"), "subject", "f", "{}");
		}
		catch (LedgerException ex) {
			// The pool may refuse an interrupted thread.
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void commitsAreOnDiskAtOnce() throws SQLException {
		try (RepositoryDataSource dataSource = RepositoryDataSource.open(RepositoryProperties.h2(this.directory));
				Connection connection = dataSource.getConnection();
				ResultSet setting = connection.createStatement()
					.executeQuery("SELECT setting_value FROM information_schema.settings"
							+ " WHERE setting_name = 'WRITE_DELAY'")) {
			assertThat(setting.next()).isTrue();
			assertThat(setting.getString(1)).isEqualTo("0");
		}
	}

	private ChildJvm child(String mode) {
		return ChildJvm.start(RepositoryChild.class, this.directory.toString(), mode);
	}

}
