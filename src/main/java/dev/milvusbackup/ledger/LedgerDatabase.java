package dev.milvusbackup.ledger;

import java.util.function.Consumer;
import java.util.function.Function;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The job repository's database with its schema up to date. Thread-safe.
 */
public final class LedgerDatabase {

	private static final int TRIES = 3;

	private final DataSource dataSource;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	/**
	 * Brings the schema up to date first.
	 * @throws LedgerException when that is impossible
	 */
	public LedgerDatabase(DataSource dataSource) {
		this(dataSource, new JdbcTransactionManager(dataSource));
	}

	/**
	 * Brings the schema up to date first.
	 * @param transactions for the same data source
	 * @throws LedgerException when that is impossible
	 */
	public LedgerDatabase(DataSource dataSource, PlatformTransactionManager transactions) {
		new LedgerSchema(dataSource).migrate();
		this.dataSource = dataSource;
		this.jdbc = new JdbcTemplate(dataSource);
		this.transaction = new TransactionTemplate(transactions);
		// What the ledger says must hold even if the caller's transaction is rolled back.
		this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Runs one query; once more when the connection breaks.
	 * @param what for the error message, as in {@code read run '7'}
	 */
	<T> T read(String what, Function<JdbcTemplate, T> work) {
		return repeated(what, (attempt) -> work.apply(this.jdbc));
	}

	/**
	 * Runs the work in a transaction of its own, which is durable at return. Exceptions
	 * other than the database's roll it back and leave as they are. It is done once more
	 * when the connection breaks before the commit.
	 * @param what for the error message, as in {@code update run '7'}
	 */
	<T> T write(String what, Function<JdbcTemplate, T> work) {
		return repeated(what, (attempt) -> this.transaction.execute((status) -> attempt.work(work, this.jdbc)));
	}

	private static <T> T repeated(String what, Function<Attempt, T> work) {
		for (int tries = 1;; tries++) {
			Attempt attempt = new Attempt();
			try {
				return work.apply(attempt);
			}
			catch (DataAccessException | TransactionException ex) {
				Exception cause = attempt.cause(ex);
				if (tries == TRIES || !DatabaseErrors.isConnectionLost(cause) || attempt.mayBeCommitted) {
					throw DatabaseErrors.unableTo(what, cause);
				}
			}
		}
	}

	/**
	 * As {@link #write}, without a result.
	 */
	void change(String what, Consumer<JdbcTemplate> work) {
		write(what, jdbc -> {
			work.accept(jdbc);
			return Boolean.TRUE;
		});
	}

	/**
	 * One execution of a piece of work. What the pool says of a connection that broke, as
	 * the rollback fails, would hide that it did.
	 */
	private static final class Attempt {

		private @Nullable DataAccessException failure;

		private boolean mayBeCommitted;

		<T> T work(Function<JdbcTemplate, T> work, JdbcTemplate jdbc) {
			try {
				T result = work.apply(jdbc);
				this.mayBeCommitted = true;
				return result;
			}
			catch (DataAccessException ex) {
				this.failure = ex;
				throw ex;
			}
		}

		Exception cause(Exception last) {
			return (this.failure != null) ? this.failure : last;
		}

	}

}
