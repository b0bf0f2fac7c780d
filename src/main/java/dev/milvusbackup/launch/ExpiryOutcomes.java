package dev.milvusbackup.launch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.milvusbackup.ledger.PlannedExpiry;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.manifest.DatedBackup;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.retention.Verdict;

/**
 * Puts together what a run of {@code expire} decided and what its ledger knows. Pure.
 */
final class ExpiryOutcomes {

	private ExpiryOutcomes() {
	}

	/**
	 * Also those that an earlier execution deleted, of which no verdict is known any
	 * more.
	 * @return newest first
	 */
	static List<ExpireReport.Outcome> of(List<Verdict> verdicts, List<PlannedExpiry> backups) {
		Map<String, PlannedExpiry> rows = backups.stream()
			.collect(Collectors.toMap(PlannedExpiry::backup, Function.identity()));
		List<ExpireReport.Outcome> outcomes = new ArrayList<>();
		for (Verdict verdict : verdicts) {
			PlannedExpiry row = rows.remove(verdict.backup().entry().name().value());
			outcomes.add(new ExpireReport.Outcome(verdict, row != null && row.deleted(),
					(row != null) ? row.problem() : ""));
		}
		rows.values()
			.forEach((row) -> outcomes.add(new ExpireReport.Outcome(verdict(row), row.deleted(), row.problem())));
		outcomes.sort(Comparator.comparing((ExpireReport.Outcome outcome) -> outcome.verdict().backup().time())
			.thenComparing((outcome) -> outcome.verdict().backup().entry().name().value())
			.reversed());
		return outcomes;
	}

	private static Verdict verdict(PlannedExpiry row) {
		BackupEntry entry = new BackupEntry(new BackupName(row.backup()), BackupEntry.State.valueOf(row.state()),
				row.backupId(), row.bytes(), row.milvusVersion());
		return new Verdict(new DatedBackup(entry, row.time(), false), true, List.of(row.reasons()));
	}

}
