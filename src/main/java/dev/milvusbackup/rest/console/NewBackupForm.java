package dev.milvusbackup.rest.console;

import java.util.Locale;

import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.launch.CreateRequest.Strategy;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import org.jspecify.annotations.Nullable;

/**
 * What the form for a backup asks for; null when a field is missing.
 */
public record NewBackupForm(@Nullable String name, @Nullable String filter, @Nullable String strategy,
		@Nullable Boolean rbac) {

	CreateRequest request() {
		String asked = (this.strategy == null || this.strategy.isEmpty()) ? "auto" : this.strategy;
		try {
			return new CreateRequest(new BackupName(text(this.name)), CollectionFilter.parse(text(this.filter)),
					Strategy.valueOf(asked.toUpperCase(Locale.ROOT)), isChecked(this.rbac));
		}
		catch (IllegalArgumentException ex) {
			throw new LaunchException(ExitCode.USAGE, "unable to use strategy '" + asked + "': there is none", null);
		}
	}

	/** A browser leaves out what is not checked. */
	static boolean isChecked(@Nullable Boolean box) {
		return Boolean.TRUE.equals(box);
	}

	static String text(@Nullable String value) {
		return (value != null) ? value.strip() : "";
	}

}
