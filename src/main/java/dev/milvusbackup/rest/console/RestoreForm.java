package dev.milvusbackup.rest.console;

import java.util.Arrays;
import java.util.List;

import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Load;
import dev.milvusbackup.model.RestoreDetails.Roles;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.SkipParams;
import org.jspecify.annotations.Nullable;

/**
 * What the form for a restore asks for; null when a field is missing, or not checked.
 *
 * @param load whether collections that were loaded are loaded
 * @param rbac whether users and roles come back
 * @param id names the restore, so that it is never done twice; empty for none
 * @param existing what happens to collections that exist: fail, drop or keep
 */
public record RestoreForm(@Nullable String filter, @Nullable String suffix, @Nullable String renames,
		@Nullable Boolean rebuildIndex, @Nullable Boolean metaOnly, @Nullable Boolean load, @Nullable Boolean rbac,
		@Nullable String existing, @Nullable String id) {

	RestoreRequest request(BackupName backup) {
		String rules = NewBackupForm.text(this.renames);
		RestoreRequest.Options options = new RestoreRequest.Options(NewBackupForm.isChecked(this.rebuildIndex), false,
				NewBackupForm.isChecked(this.metaOnly), "drop".equals(this.existing), false,
				"keep".equals(this.existing));
		return new RestoreRequest(backup, CollectionFilter.ALL, CollectionFilter.parse(NewBackupForm.text(this.filter)),
				NewBackupForm.text(this.suffix),
				rules.isEmpty() ? List.of() : Arrays.stream(rules.split(",")).map(String::strip).toList(), options,
				NewBackupForm.text(this.id).isEmpty() ? null : NewBackupForm.text(this.id), details());
	}

	private RestoreDetails details() {
		Load wanted = NewBackupForm.isChecked(this.load) ? Load.AS_BEFORE : Load.NO;
		return new RestoreDetails(null, 0, SkipParams.NONE, false, new Wishes(false, wanted, false, false))
			.withRoles(NewBackupForm.isChecked(this.rbac) ? Roles.ALL : Roles.NONE);
	}

}
