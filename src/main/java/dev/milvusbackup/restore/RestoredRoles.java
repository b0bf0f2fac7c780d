package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.model.Rbac;
import dev.milvusbackup.model.RestoreDetails.Roles;
import dev.milvusbackup.restore.RestoreException.Kind;

/**
 * The users and roles of a backup that come back.
 */
final class RestoredRoles {

	private final RestoreRun run;

	private final Roles roles;

	RestoredRoles(RestoreRun run) {
		this.run = run;
		this.roles = run.request().details().roles();
	}

	boolean areWanted() {
		return this.roles.wanted();
	}

	/**
	 * Finds out whether they can be restored, before anything is changed.
	 * @throws RestoreException of kind PREFLIGHT when the backup does not hold what is
	 * asked for, or INCOMPATIBLE when the target does not take it
	 */
	void check(BackupManifest manifest) {
		if (!areWanted()) {
			return;
		}
		of(manifest);
		try {
			this.run.milvus().cluster().rbac();
		}
		catch (MilvusException ex) {
			if (ex.kind() != MilvusException.Kind.UNSUPPORTED) {
				throw ex;
			}
			throw new RestoreException(Kind.INCOMPATIBLE,
					"unable to restore users and roles into '" + this.run.milvusName() + "', a Milvus "
							+ this.run.milvus().catalog().version() + ": it cannot take them (from 2.4.7 on)",
					"leave out --rbac and create them by hand, or restore into a newer Milvus");
		}
	}

	/**
	 * @throws RestoreException of kind PREFLIGHT when the backup does not hold them
	 */
	Rbac of(BackupManifest manifest) {
		Rbac rbac = manifest.cluster().rbac();
		if (rbac == null) {
			throw new RestoreException(Kind.PREFLIGHT,
					"unable to restore users and roles from backup '" + manifest.name() + "': it holds none",
					"leave out --rbac, or make a backup with create --rbac");
		}
		if (this.roles.databases().isEmpty()) {
			return rbac;
		}
		Set<String> unknown = new TreeSet<>(this.roles.databases());
		unknown.removeAll(rbac.databases());
		if (!unknown.isEmpty()) {
			throw new RestoreException(Kind.PREFLIGHT,
					"unable to restore users and roles of database '" + unknown.iterator().next() + "': backup '"
							+ manifest.name() + "' holds no privilege for it",
					"there are privileges for " + String.join(", ", new TreeSet<>(rbac.databases())));
		}
		return rbac.of(this.roles.databases());
	}

	/**
	 * What was restored and what was there already, for an operator.
	 */
	static String report(Rbac asked, Rbac added) {
		Rbac kept = asked.without(added);
		List<String> there = new ArrayList<>();
		name(there, "users", kept.users().stream().map(Rbac.User::name).toList());
		name(there, "roles", kept.roles());
		name(there, "privilege groups", kept.privilegeGroups().stream().map(Rbac.PrivilegeGroup::name).toList());
		return "restored " + added.users().size() + " users, " + added.roles().size() + " roles, "
				+ added.grants().size() + " privileges and " + added.privilegeGroups().size() + " privilege groups"
				+ (there.isEmpty() ? "" : "; left as they are: " + String.join("; ", there));
	}

	private static void name(List<String> texts, String kind, List<String> names) {
		if (!names.isEmpty()) {
			texts.add(kind + " " + String.join(", ", names));
		}
	}

}
