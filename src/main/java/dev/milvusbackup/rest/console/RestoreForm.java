package dev.milvusbackup.rest.console;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.rest.v2.NewRestore;
import org.jspecify.annotations.Nullable;

/**
 * What the form for a restore asks for; null when a field is missing, or not checked.
 *
 * @param existing what happens to collections that exist: fail, drop or keep
 * @param load what is loaded at the end: no, as_before or anywhere
 * @param rbacDatabases names between commas
 * @param restorePlan YAML or JSON, as are {@code skipParams} and {@code ezkMapping}
 * @param ezkMapping secrets
 * @param id names the restore, so that it is never done twice; empty for none
 */
public record RestoreForm(@Nullable String filter, @Nullable String suffix, @Nullable String renames,
		@Nullable String existing, @Nullable Boolean rebuildIndex, @Nullable Boolean useAutoIndex,
		@Nullable Boolean dropExistIndex, @Nullable Boolean metaOnly, @Nullable String load,
		@Nullable Boolean moveAliases, @Nullable Boolean countRows, @Nullable Boolean rbac,
		@Nullable String rbacDatabases, @Nullable String restorePlan, @Nullable String skipParams,
		@Nullable String maxShards, @Nullable Boolean truncate, @Nullable Boolean useV2Restore,
		@Nullable Boolean forceVersion, @Nullable String ezkMapping, @Nullable String id, @Nullable String odate) {

	static final RestoreForm EMPTY = new RestoreForm("", "", "", "fail", true, false, false, false, "no", false, false,
			false, "", "", "", "", false, false, false, "", "", "");

	RestoreRequest request(BackupName backup) {
		return new NewRestore(backup.value(), Fields.optional(this.id), Fields.text(this.filter),
				Fields.text(this.suffix), Fields.list(this.renames), Fields.isChecked(this.rebuildIndex),
				Fields.isChecked(this.useAutoIndex), Fields.isChecked(this.metaOnly), "drop".equals(this.existing),
				Fields.isChecked(this.dropExistIndex), "keep".equals(this.existing),
				Fields.object("Restore plan", this.restorePlan), Fields.object("Keys not to restore", this.skipParams),
				Fields.number("Most shards of a collection", this.maxShards), Fields.isChecked(this.truncate),
				Fields.isChecked(this.useV2Restore), "as_before".equals(this.load), "anywhere".equals(this.load),
				Fields.isChecked(this.moveAliases), Fields.isChecked(this.countRows),
				Fields.isChecked(this.forceVersion), Fields.isChecked(this.rbac),
				new LinkedHashSet<>(Fields.list(this.rbacDatabases)), keys(), Fields.text(this.odate))
			.request();
	}

	private @Nullable Map<String, String> keys() {
		Map<String, @Nullable Object> given = Fields.object("Changed keys of encrypted databases", this.ezkMapping);
		if (given == null) {
			return null;
		}
		Map<String, String> keys = new LinkedHashMap<>();
		given.forEach((old, now) -> keys.put(old, String.valueOf(now)));
		return keys;
	}

	/** The mapping of keys holds secrets. */
	@Override
	public String toString() {
		return "RestoreForm[suffix=" + this.suffix + ", id=" + this.id + "]";
	}

}
