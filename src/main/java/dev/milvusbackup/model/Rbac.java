package dev.milvusbackup.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

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
	 * What belongs to these databases: their privileges, the roles that have one of them,
	 * the users who have such a role, and the privilege groups that are granted.
	 * Privileges for all databases at once belong to the database {@code *}.
	 */
	public Rbac of(Set<String> databases) {
		List<Grant> chosen = this.grants.stream().filter((grant) -> databases.contains(grant.place())).toList();
		Set<String> chosenRoles = names(chosen, Grant::role);
		Set<String> privileges = names(chosen, Grant::privilege);
		List<User> chosenUsers = this.users.stream()
			.map((user) -> new User(user.name(), user.passwordHash(),
					user.roles().stream().filter(chosenRoles::contains).toList()))
			.filter((user) -> !user.roles().isEmpty())
			.toList();
		return new Rbac(chosenUsers, this.roles.stream().filter(chosenRoles::contains).toList(), chosen,
				this.privilegeGroups.stream().filter((group) -> privileges.contains(group.name())).toList());
	}

	/**
	 * What the other does not have: users, roles and privilege groups by their name,
	 * privileges by whose they are and for what.
	 */
	public Rbac without(Rbac other) {
		Set<String> otherUsers = names(other.users, User::name);
		Set<String> otherGroups = names(other.privilegeGroups, PrivilegeGroup::name);
		Set<Grant> otherGrants = new HashSet<>();
		other.grants.forEach((grant) -> otherGrants.add(grant.byNobody()));
		return new Rbac(this.users.stream().filter((user) -> !otherUsers.contains(user.name())).toList(),
				this.roles.stream().filter((role) -> !other.roles.contains(role)).toList(),
				this.grants.stream().filter((grant) -> !otherGrants.contains(grant.byNobody())).toList(),
				this.privilegeGroups.stream().filter((group) -> !otherGroups.contains(group.name())).toList());
	}

	/**
	 * The databases that privileges are for.
	 */
	public Set<String> databases() {
		return names(this.grants, Grant::place);
	}

	public boolean isEmpty() {
		return this.users.isEmpty() && this.roles.isEmpty() && this.grants.isEmpty() && this.privilegeGroups.isEmpty();
	}

	private static <T> Set<String> names(List<T> all, Function<T, String> name) {
		return all.stream().map(name).collect(Collectors.toSet());
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

		/** Old servers name no database where they mean the default one. */
		private String place() {
			return this.database.isEmpty() ? CollectionName.DEFAULT_DATABASE : this.database;
		}

		/** A privilege is granted once, whoever did it. */
		private Grant byNobody() {
			return new Grant(this.role, this.objectType, this.objectName, "", this.privilege, place());
		}

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
