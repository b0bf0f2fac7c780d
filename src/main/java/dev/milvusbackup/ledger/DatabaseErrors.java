package dev.milvusbackup.ledger;

import java.sql.SQLException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Says what an error of the database means for the operator.
 */
public final class DatabaseErrors {

	/**
	 * H2: broken, closed, closing; PostgreSQL: ended by an administrator, shutting down.
	 */
	private static final Set<String> LOST = Set.of("90067", "90121", "90098", "57P01", "57P03");

	private DatabaseErrors() {
	}

	/**
	 * @param what verb and object as in {@code read run '7'}
	 */
	public static LedgerException unableTo(String what, Throwable cause) {
		SQLException sql = sqlException(cause);
		String reason = (sql != null) ? firstLine(sql) : firstLine(cause);
		return new LedgerException("unable to " + what + ": " + reason, (sql != null) ? hint(sql) : null, cause);
	}

	/**
	 * Whether the connection broke, so that a new one may work: the server, or the
	 * process that serves the embedded database, has ended.
	 */
	static boolean isConnectionLost(Throwable error) {
		SQLException sql = sqlException(error);
		if (sql == null) {
			return false;
		}
		String state = String.valueOf(sql.getSQLState());
		return state.startsWith("08") || LOST.contains(state);
	}

	private static @Nullable SQLException sqlException(Throwable error) {
		SQLException deepest = null;
		for (Throwable t = error; t != null; t = t.getCause()) {
			if (t instanceof SQLException sql) {
				deepest = sql;
			}
		}
		return deepest;
	}

	// The lines after the first are the statement, which may be long and hold data.
	private static String firstLine(Throwable error) {
		String message = String.valueOf(error.getMessage());
		String line = message.lines().findFirst().orElse(message);
		int statement = line.indexOf("; SQL statement:");
		return (statement < 0) ? line : line.substring(0, statement);
	}

	private static @Nullable String hint(SQLException error) {
		String state = String.valueOf(error.getSQLState());
		return switch (state) {
			case "28P01", "28000" -> "check user and password of the job repository";
			case "3D000" -> "create the database first, or correct its name in the URL";
			case "42501" -> "give the user the right to create and change tables in its schema";
			case "53300" -> "raise max_connections of the server or lower the pool size";
			case "53100", "90028", "90031" -> "check free space and rights of the job repository's directory";
			case "90020" -> "another process holds the file: wait for its end, or use PostgreSQL";
			case "90030" -> "the file is damaged: move it away and run the same command again";
			case "40001", "40P01", "55P03", "HYT00" -> "another process works on the same rows: try again";
			case "42P07", "42S01" -> "use a database or schema of its own for the job repository";
			default ->
				state.startsWith("08") ? "check that the database runs and can be reached, then try again" : null;
		};
	}

}
