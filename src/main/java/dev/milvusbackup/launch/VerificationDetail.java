package dev.milvusbackup.launch;

import dev.milvusbackup.ledger.VerifyProgress;

/**
 * A run of {@code verify}, and what it has found so far.
 *
 * @param deep whether it reads every byte
 */
public record VerificationDetail(RunDetail run, boolean deep, VerifyProgress found) {
}
