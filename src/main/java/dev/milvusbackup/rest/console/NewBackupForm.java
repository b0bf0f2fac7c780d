package dev.milvusbackup.rest.console;

import dev.milvusbackup.launch.CreateRequest;
import dev.milvusbackup.rest.v2.NewBackup;
import org.jspecify.annotations.Nullable;

/**
 * What the form for a backup asks for; null when a field is missing, or not checked.
 */
public record NewBackupForm(@Nullable String name, @Nullable String filter, @Nullable String strategy,
		@Nullable String format, @Nullable Boolean rbac, @Nullable Boolean indexExtra, @Nullable String odate) {

	static final NewBackupForm EMPTY = new NewBackupForm("", "", "auto", "auto", false, false, "");

	CreateRequest request() {
		return new NewBackup(Fields.text(this.name), Fields.text(this.filter), Fields.text(this.strategy),
				Fields.text(this.format), Fields.isChecked(this.rbac), Fields.isChecked(this.indexExtra),
				Fields.text(this.odate))
			.request();
	}

}
