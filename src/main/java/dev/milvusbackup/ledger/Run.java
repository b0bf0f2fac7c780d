package dev.milvusbackup.ledger;

import java.time.Instant;

/**
 * A run: one job instance with all its executions.
 *
 * @param generation counts the runs of one identity from 1 on
 * @param backup name of the backup it writes or reads
 * @param fingerprint of all options that change the result
 * @param request the options as JSON, without secrets
 * @param summary what the last execution reported, as JSON, empty before
 */
public record Run(long id, RunIdentity identity, int generation, String backup, String fingerprint, String request,
		RunState state, Instant created, Instant updated, String summary) {
}
