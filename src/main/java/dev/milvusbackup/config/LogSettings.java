package dev.milvusbackup.config;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Of the log.
 *
 * @param level lower case, e.g. {@code info}
 * @param console whether to log to stderr
 * @param file null for none
 * @param maxDays 0 for no limit
 * @param maxFiles rotated files, 0 for no limit
 * @param json whether each line is a JSON object
 */
public record LogSettings(String level, boolean console, @Nullable Path file, int maxSizeMiB, int maxDays, int maxFiles,
		boolean json) {
}
