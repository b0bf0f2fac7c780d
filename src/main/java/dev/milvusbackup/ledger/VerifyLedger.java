package dev.milvusbackup.ledger;

import java.util.List;
import java.util.Optional;

import dev.milvusbackup.ledger.VerifyProgress.FoundProblem;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * How far the runs of {@code verify} are, and what they found. Thread-safe.
 */
public final class VerifyLedger {

	private final LedgerDatabase database;

	public VerifyLedger(LedgerDatabase database) {
		this.database = database;
	}

	/**
	 * Empty before the first {@link #put}.
	 */
	public Optional<VerifyProgress> find(long run) {
		return this.database.read("read how far the verification '" + run + "' is", jdbc -> {
			List<FoundProblem> first = jdbc.query(
					"SELECT object_key, problem FROM mb_verify_problem WHERE run_id = ? ORDER BY problem_number",
					(row, number) -> new FoundProblem(row.getString("object_key"), row.getString("problem")), run);
			return jdbc
				.query("SELECT * FROM mb_verify WHERE run_id = ?",
						(row, number) -> new VerifyProgress(row.getLong("objects"), row.getLong("bytes"),
								row.getLong("objects_done"), row.getLong("bytes_done"), row.getLong("hashed"),
								row.getString("last_key"), row.getLong("problems"), first),
						run)
				.stream()
				.findFirst();
		});
	}

	/**
	 * Replaces what was known. Of the problems those that are new are added: the first
	 * ones stay the first.
	 */
	public void put(long run, VerifyProgress now) {
		this.database.change("record how far the verification '" + run + "' is", jdbc -> {
			jdbc.update("DELETE FROM mb_verify WHERE run_id = ?", run);
			jdbc.update(
					"INSERT INTO mb_verify (run_id, objects, bytes, objects_done, bytes_done, hashed, last_key, problems)"
							+ " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
					run, now.objects(), now.bytes(), now.done(), now.bytesDone(), now.hashed(), now.lastKey(),
					now.problems());
			addProblems(jdbc, run, now.first());
		});
	}

	/**
	 * Forgets what an execution found that did not get to its end.
	 */
	public void clear(long run) {
		this.database.change("begin the verification '" + run + "'", jdbc -> {
			jdbc.update("DELETE FROM mb_verify_problem WHERE run_id = ?", run);
			jdbc.update("DELETE FROM mb_verify WHERE run_id = ?", run);
		});
	}

	/**
	 * Objects that are read or compared count as done.
	 */
	CopyProgress progress(long run) {
		VerifyProgress now = find(run).orElse(VerifyProgress.NONE);
		return new CopyProgress(0, 0, now.objects(), now.done(), now.bytes(), now.bytesDone());
	}

	private static void addProblems(JdbcTemplate jdbc, long run, List<FoundProblem> problems) {
		Integer known = jdbc.queryForObject("SELECT COUNT(*) FROM mb_verify_problem WHERE run_id = ?", Integer.class,
				run);
		for (int number = (known != null) ? known : 0; number < problems.size(); number++) {
			FoundProblem problem = problems.get(number);
			jdbc.update(
					"INSERT INTO mb_verify_problem (run_id, problem_number, object_key, problem) VALUES (?, ?, ?, ?)",
					run, number, problem.key(), problem.what());
		}
	}

}
