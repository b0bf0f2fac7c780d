package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import dev.milvusbackup.milvus.FieldIds;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.restore.RestoreException.Kind;

/**
 * Compares the targets with what the Milvus holds, before anything is changed.
 */
final class Preflight {

	private final Milvus milvus;

	private final RestorePlanRequest.Options options;

	Preflight(Milvus milvus, RestorePlanRequest.Options options) {
		this.milvus = milvus;
		this.options = options;
	}

	/**
	 * @param targets as they are to be in the target
	 * @throws RestoreException of kind PREFLIGHT that names all that cannot be restored
	 */
	void check(List<Collection> targets) {
		Set<String> databases = new HashSet<>();
		this.milvus.catalog().databases().stream().map(Database::name).forEach(databases::add);
		List<String> existing = new ArrayList<>();
		List<String> missing = new ArrayList<>();
		List<String> different = new ArrayList<>();
		for (Collection target : targets) {
			CollectionName name = target.name();
			boolean exists = databases.contains(name.database()) && this.milvus.schema().collectionExists(name);
			if (exists && this.options.skipCreateCollection()) {
				String difference = difference(target, this.milvus.catalog().describe(name));
				if (!difference.isEmpty()) {
					different.add(name + " (" + difference + ")");
				}
			}
			else if (exists && !this.options.dropExistCollection()) {
				existing.add(name.toString());
			}
			else if (!exists && this.options.skipCreateCollection()) {
				missing.add(name.toString());
			}
		}
		refuse(existing, "it exists already in the target", "restore under other names with --suffix or --rename, "
				+ "or drop what is there with --drop_exist_collection");
		refuse(missing, "it does not exist in the target", "leave out --skip_create_collection to create it");
		refuse(different, "its fields are others than those in the backup",
				"rows can only be restored into equal fields; restore under another name");
	}

	/**
	 * Milvus gives ids to fields in order, and finds the values of a field by its id.
	 * @throws RestoreException of kind INCOMPATIBLE that names all collections whose
	 * fields cannot keep their ids
	 */
	void requireFieldIds(List<Collection> targets) {
		if (this.options.skipCreateCollection()) {
			return;
		}
		List<String> changed = new ArrayList<>();
		for (Collection target : targets) {
			FieldIds.changed(target.schema())
				.ifPresent((field) -> changed.add("'" + target.name() + "' (field " + field.field() + " has the id "
						+ field.id() + " and would get " + field.newId() + ")"));
		}
		if (!changed.isEmpty()) {
			throw new RestoreException(Kind.INCOMPATIBLE,
					"unable to restore " + String.join(", ", changed)
							+ ": fields before these were dropped in the source, and Milvus cannot leave out their ids",
					"leave these collections out with --filter, and copy their rows by queries");
		}
	}

	/**
	 * What keeps rows of one collection from being imported into the other, empty when
	 * nothing does. Binary logs name their fields by id.
	 */
	static String difference(Collection wanted, Collection there) {
		for (Field field : wanted.schema().fields()) {
			if (field.dynamic()) {
				continue;
			}
			boolean same = there.schema().fields().stream().anyMatch((other) -> isSame(field, other));
			if (!same) {
				return "field " + field.name() + " with id " + field.id();
			}
		}
		long wantedFields = wanted.schema().fields().stream().filter((field) -> !field.dynamic()).count();
		long fieldsThere = there.schema().fields().stream().filter((field) -> !field.dynamic()).count();
		return (wantedFields == fieldsThere) ? "" : fieldsThere + " fields instead of " + wantedFields;
	}

	private static boolean isSame(Field field, Field other) {
		return field.id() == other.id() && field.name().equals(other.name()) && field.dataType() == other.dataType()
				&& field.primaryKey() == other.primaryKey();
	}

	private static void refuse(List<String> names, String cause, String hint) {
		if (!names.isEmpty()) {
			throw new RestoreException(Kind.PREFLIGHT,
					"unable to restore '" + String.join("', '", names) + "': " + cause, hint);
		}
	}

}
