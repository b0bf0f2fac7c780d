package dev.milvusbackup.cli;

import java.nio.file.Path;
import java.util.List;

import dev.milvusbackup.config.SettingsLoader;
import org.jspecify.annotations.Nullable;

/**
 * What a command about the configuration works with.
 *
 * @param file as given with {@code --config}, null when it was not
 * @param set the values of {@code --set}
 * @param output as given with {@code --output} when it is no format, null otherwise
 * @param directory that relative paths start from
 */
record ConfigInput(SettingsLoader loader, @Nullable String file, List<String> set, @Nullable String output,
		Path directory) {
}
