package dev.milvusbackup.testing.milvus;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.milvus.grpc.BackupRBACMetaResponse;
import io.milvus.grpc.GrantEntity;
import io.milvus.grpc.GrantorEntity;
import io.milvus.grpc.ObjectEntity;
import io.milvus.grpc.PrivilegeEntity;
import io.milvus.grpc.PrivilegeGroupInfo;
import io.milvus.grpc.RBACMeta;
import io.milvus.grpc.RoleEntity;
import io.milvus.grpc.Status;
import io.milvus.grpc.UserEntity;
import io.milvus.grpc.UserInfo;

/**
 * Users, roles and what they may do. Thread-safe.
 */
public final class FakeRoles {

	/** Every server has them, and no backup holds them. */
	private static final Set<String> BUILT_IN = Set.of("admin", "public");

	private final boolean privilegeGroups;

	private final Answers answers;

	private final Map<String, UserInfo> users = new TreeMap<>();

	private final Map<String, RoleEntity> roles = new TreeMap<>();

	private final Map<String, PrivilegeGroupInfo> groups = new TreeMap<>();

	private final List<GrantEntity> grants = new ArrayList<>();

	FakeRoles(FakeVersion version, Answers answers) {
		this.privilegeGroups = version.hasPrivilegeGroups();
		this.answers = answers;
	}

	public synchronized FakeRoles role(String name) {
		this.roles.put(name, RoleEntity.newBuilder().setName(name).build());
		return this;
	}

	/**
	 * @param hash of the password
	 */
	public synchronized FakeRoles user(String name, String hash, String... itsRoles) {
		UserInfo.Builder user = UserInfo.newBuilder().setUser(name).setPassword(hash);
		for (String role : itsRoles) {
			user.addRoles(RoleEntity.newBuilder().setName(role));
		}
		this.users.put(name, user.build());
		return this;
	}

	/**
	 * Lets the role do something with a collection.
	 */
	public synchronized FakeRoles grant(String role, String privilege, String database, String collection) {
		this.grants.add(GrantEntity.newBuilder()
			.setRole(RoleEntity.newBuilder().setName(role))
			.setObject(ObjectEntity.newBuilder().setName("Collection"))
			.setObjectName(collection)
			.setDbName(database)
			.setGrantor(GrantorEntity.newBuilder()
				.setUser(UserEntity.newBuilder().setName("root"))
				.setPrivilege(PrivilegeEntity.newBuilder().setName(privilege)))
			.build());
		return this;
	}

	public synchronized FakeRoles privilegeGroup(String name, String... privileges) {
		PrivilegeGroupInfo.Builder group = PrivilegeGroupInfo.newBuilder().setGroupName(name);
		for (String privilege : privileges) {
			group.addPrivileges(PrivilegeEntity.newBuilder().setName(privilege));
		}
		this.groups.put(name, group.build());
		return this;
	}

	/**
	 * Back to a server as it is installed.
	 */
	public synchronized void clear() {
		this.users.clear();
		this.roles.clear();
		this.groups.clear();
		this.grants.clear();
	}

	/**
	 * All there is, but for what every server has.
	 */
	public synchronized RBACMeta all() {
		RBACMeta.Builder meta = RBACMeta.newBuilder()
			.addAllUsers(this.users.values())
			.addAllRoles(this.roles.values().stream().filter((role) -> !BUILT_IN.contains(role.getName())).toList())
			.addAllGrants(this.grants);
		return this.privilegeGroups ? meta.addAllPrivilegeGroups(this.groups.values()).build() : meta.build();
	}

	BackupRBACMetaResponse backUp() {
		return BackupRBACMetaResponse.newBuilder().setStatus(this.answers.good()).setRBACMeta(all()).build();
	}

	/**
	 * All or nothing; what is there already is an error.
	 */
	synchronized Status restore(RBACMeta meta) {
		String conflict = conflict(meta);
		if (!conflict.isEmpty()) {
			return this.answers.error(65535, conflict);
		}
		meta.getRolesList().forEach((role) -> this.roles.put(role.getName(), role));
		meta.getUsersList().forEach((user) -> this.users.put(user.getUser(), user));
		this.grants.addAll(meta.getGrantsList());
		if (this.privilegeGroups) {
			meta.getPrivilegeGroupsList().forEach((group) -> this.groups.put(group.getGroupName(), group));
		}
		return this.answers.good();
	}

	private String conflict(RBACMeta meta) {
		for (RoleEntity role : meta.getRolesList()) {
			if (this.roles.containsKey(role.getName())) {
				return "failed to restore rbac meta: role already exists: " + role.getName();
			}
		}
		for (UserInfo user : meta.getUsersList()) {
			if (this.users.containsKey(user.getUser())) {
				return "failed to restore rbac meta: user already exists: " + user.getUser();
			}
		}
		for (PrivilegeGroupInfo group : meta.getPrivilegeGroupsList()) {
			if (this.privilegeGroups && this.groups.containsKey(group.getGroupName())) {
				return "failed to restore rbac meta: privilege group already exists: " + group.getGroupName();
			}
		}
		Set<GrantEntity> granted = this.grants.stream().map(FakeRoles::byNobody).collect(Collectors.toSet());
		return meta.getGrantsList().stream().map(FakeRoles::byNobody).anyMatch(granted::contains)
				? "failed to restore rbac meta: the privilege has been granted" : "";
	}

	/** Who granted it is a value, not a part of the key. */
	private static GrantEntity byNobody(GrantEntity grant) {
		return grant.toBuilder().setGrantor(grant.getGrantor().toBuilder().clearUser()).build();
	}

}
