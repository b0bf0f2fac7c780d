package dev.milvusbackup.model;

import java.util.List;

/**
 * Users, roles and what they may do (format.md 5.8).
 *
 * @param roles names, without those that every server has
 */
public record Rbac(List<User> users, List<String> roles, List<Grant> grants, List<PrivilegeGroup> privilegeGroups) {

	public Rbac {
		users = List.copyOf(users);
		roles = List.copyOf(roles);
		grants = List.copyOf(grants);
		privilegeGroups = List.copyOf(privilegeGroups);
	}

	/**
	 * A user with its roles.
	 *
	 * @param passwordHash as the server keeps it, a secret
	 */
	public record User(String name, String passwordHash, List<String> roles) {

		public User {
			roles = List.copyOf(roles);
		}

		@Override
		public String toString() {
			return "User[name=" + this.name + ", passwordHash=***, roles=" + this.roles + "]";
		}

	}

	/**
	 * A privilege of a role.
	 *
	 * @param objectType such as {@code Collection}
	 * @param objectName such as a collection's name, or {@code *}
	 * @param grantor name of the user who granted it
	 * @param privilege a privilege or a group of privileges
	 */
	public record Grant(String role, String objectType, String objectName, String grantor, String privilege,
			String database) {
	}

	/**
	 * A name for several privileges.
	 */
	public record PrivilegeGroup(String name, List<String> privileges) {

		public PrivilegeGroup {
			privileges = List.copyOf(privileges);
		}

	}

}
