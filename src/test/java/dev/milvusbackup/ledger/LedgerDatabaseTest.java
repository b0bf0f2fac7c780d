package dev.milvusbackup.ledger;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
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

	/**
	 * The pool closes a broken connection and says nothing else of it from then on.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "prepareStatement", "executeUpdate" })
	void aConnectionThatBreaksInTheMiddleIsReplacedThoughTheRollbackFails(String call) {
		try (TestDatabase database = TestDatabase.open(DatabaseKind.H2_MEMORY)) {
			Breaking breaking = new Breaking(database.dataSource());
			RunLedger runs = new RunLedger(new LedgerDatabase(breaking));
			breaking.nextCall(call);
			Run run = runs.open(IDENTITY, "b", "f", "{}");
			assertThat(breaking.broken()).isTrue();
			assertThat(runs.runs(10)).containsExactly(run);
		}
	}

	@Test
	void whatMayBeCommittedIsNotDoneAgain() {
		try (TestDatabase database = TestDatabase.open(DatabaseKind.H2_MEMORY)) {
			Breaking breaking = new Breaking(database.dataSource());
			RunLedger runs = new RunLedger(new LedgerDatabase(breaking));
			breaking.nextCall("commit");
			assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> runs.open(IDENTITY, "b", "f", "{}"))
				.withMessageContaining("session closed");
			assertThat(runs.runs(10)).hasSizeLessThanOrEqualTo(1);
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
	 * Gives no connection for a while, or one that breaks at a call.
	 */
	private static final class Breaking extends DelegatingDataSource {

		private final AtomicInteger left = new AtomicInteger();

		private volatile String state = "";

		private volatile String breakingCall = "";

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
			return watched(Connection.class, super.getConnection(), new AtomicBoolean());
		}

		/**
		 * The next call of that name, of a connection or a statement, breaks the
		 * connection.
		 */
		void nextCall(String name) {
			this.breakingCall = name;
		}

		boolean broken() {
			return this.breakingCall.isEmpty();
		}

		private <T> T watched(Class<T> type, T target, AtomicBoolean broken) {
			return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
					(proxy, method, arguments) -> {
						if (method.getName().equals(this.breakingCall)) {
							this.breakingCall = "";
							broken.set(true);
							((AutoCloseable) target).close();
							throw new SQLException("session closed", "90067");
						}
						if (broken.get() && !method.getName().equals("close")) {
							throw new SQLException("Connection is closed");
						}
						Object result = invoke(method, target, arguments);
						return (result instanceof PreparedStatement statement)
								? watched(PreparedStatement.class, statement, broken) : result;
					}));
		}

		private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
			try {
				return method.invoke(target, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getCause();
			}
		}

	}

}
