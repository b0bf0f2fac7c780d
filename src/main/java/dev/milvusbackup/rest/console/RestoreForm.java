package dev.milvusbackup.rest.console;

import java.util.Arrays;
import java.util.List;

import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import org.jspecify.annotations.Nullable;

/**
 * What the form for a restore asks for; null when a field is missing, or not checked.
 *
 * @param existing what happens to collections that exist: fail, drop or keep
 */
public record RestoreForm(@Nullable String filter, @Nullable String suffix, @Nullable String renames,
		@Nullable Boolean rebuildIndex, @Nullable Boolean metaOnly, @Nullable String existing) {

	RestoreRequest request(BackupName backup) {
		String rules = NewBackupForm.text(this.renames);
		RestoreRequest.Options options = new RestoreRequest.Options(isChecked(this.rebuildIndex), false,
				isChecked(this.metaOnly), "drop".equals(this.existing), false, "keep".equals(this.existing));
		return new RestoreRequest(backup, CollectionFilter.ALL, CollectionFilter.parse(NewBackupForm.text(this.filter)),
				NewBackupForm.text(this.suffix),
				rules.isEmpty() ? List.of() : Arrays.stream(rules.split(",")).map(String::strip).toList(), options,
				null);
	}

	/** A browser leaves out what is not checked. */
	private static boolean isChecked(@Nullable Boolean box) {
		return Boolean.TRUE.equals(box);
	}

}
