package dev.milvusbackup.launch;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;

/**
 * How an execution of a run's job ended.
 *
 * @param partial whether the job left collections out
 * @param failure the first error, null when there was none
 * @param restarts executions before this one
 */
record RunOutcome(BatchStatus status, boolean partial, @Nullable Throwable failure, int restarts, double seconds) {
}
