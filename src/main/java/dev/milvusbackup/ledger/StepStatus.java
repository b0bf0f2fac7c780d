package dev.milvusbackup.ledger;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A step of an execution.
 *
 * @param status as Spring Batch names it
 * @param started null before it began
 * @param ended null before it ended
 * @param message why it ended so, else empty
 */
public record StepStatus(String name, String status, @Nullable Instant started, @Nullable Instant ended,
		String message) {
}
