package dev.milvusbackup.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import dev.milvusbackup.testing.sql.DatabaseKind;
import dev.milvusbackup.testing.sql.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LedgerDatabaseTest {

	private static final RunIdentity IDENTITY = new RunIdentity(RunKind.BACKUP, "here", "b");

	@ParameterizedTest
	@ValueSource(strings = { "90067", "90121", "08006", "57P01" })
	void aConnectionThatBreaksIsReplaced(String state) {
		try (TestDatabase database = TestDatabase.open(DatabaseKind.H2_MEMORY)) {
			Breaking breaking = new Breaking(database.dataSource());
			RunLedger runs = new RunLedger(new LedgerDatabase(breaking));
			breaking.next(state, 2);
			Run run = runs.open(IDENTITY, "b", "f", "{}");
			breaking.next(state, 2);
			assertThat(runs.latest(IDENTITY)).contains(run);
			assertThat(runs.runs(10)).hasSize(1);
		}
	}

	@Test
	void aDatabaseThatStaysAwayIsAnError() {
		try (TestDatabase database = TestDatabase.open(DatabaseKind.H2_MEMORY)) {
			Breaking breaking = new Breaking(database.dataSource());
			RunLedger runs = new RunLedger(new LedgerDatabase(breaking));
			breaking.next("08006", 1000);
			assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> runs.latest(IDENTITY))
				.withMessageContaining("unable to find the run of 'b'");
		}
	}

	@Test
	void anotherErrorIsNotTriedAgain() {
		try (TestDatabase database = TestDatabase.open(DatabaseKind.H2_MEMORY)) {
			Breaking breaking = new Breaking(database.dataSource());
			RunLedger runs = new RunLedger(new LedgerDatabase(breaking));
			breaking.next("28P01", 1);
			assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> runs.latest(IDENTITY));
			assertThat(runs.latest(IDENTITY)).isEmpty();
		}
	}

	/**
	 * Gives no connection for a while.
	 */
	private static final class Breaking extends DelegatingDataSource {

		private final AtomicInteger left = new AtomicInteger();

		private volatile String state = "";

		Breaking(DataSource target) {
			super(target);
		}

		void next(String sqlState, int times) {
			this.state = sqlState;
			this.left.set(times);
		}

		@Override
		public Connection getConnection() throws SQLException {
			if (this.left.getAndUpdate((count) -> Math.max(0, count - 1)) > 0) {
				throw new SQLException("session closed", this.state);
			}
			return super.getConnection();
		}

	}

}
