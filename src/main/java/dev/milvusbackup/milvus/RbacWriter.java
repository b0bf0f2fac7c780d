package dev.milvusbackup.milvus;

import java.util.List;

import dev.milvusbackup.model.Rbac;
import io.milvus.grpc.GrantEntity;
import io.milvus.grpc.GrantorEntity;
import io.milvus.grpc.ObjectEntity;
import io.milvus.grpc.PrivilegeEntity;
import io.milvus.grpc.PrivilegeGroupInfo;
import io.milvus.grpc.RBACMeta;
import io.milvus.grpc.RoleEntity;
import io.milvus.grpc.UserEntity;
import io.milvus.grpc.UserInfo;

/**
 * From the model to Milvus's users and roles.
 */
final class RbacWriter {

	private RbacWriter() {
	}

	static RBACMeta meta(Rbac rbac) {
		return RBACMeta.newBuilder()
			.addAllUsers(rbac.users()
				.stream()
				.map((user) -> UserInfo.newBuilder()
					.setUser(user.name())
					.setPassword(user.passwordHash())
					.addAllRoles(roles(user.roles()))
					.build())
				.toList())
			.addAllRoles(roles(rbac.roles()))
			.addAllGrants(rbac.grants().stream().map(RbacWriter::grant).toList())
			.addAllPrivilegeGroups(rbac.privilegeGroups()
				.stream()
				.map((group) -> PrivilegeGroupInfo.newBuilder()
					.setGroupName(group.name())
					.addAllPrivileges(group.privileges().stream().map(RbacWriter::privilege).toList())
					.build())
				.toList())
			.build();
	}

	private static GrantEntity grant(Rbac.Grant grant) {
		return GrantEntity.newBuilder()
			.setRole(role(grant.role()))
			.setObject(ObjectEntity.newBuilder().setName(grant.objectType()))
			.setObjectName(grant.objectName())
			.setGrantor(GrantorEntity.newBuilder()
				.setUser(UserEntity.newBuilder().setName(grant.grantor()))
				.setPrivilege(privilege(grant.privilege())))
			.setDbName(grant.database())
			.build();
	}

	private static List<RoleEntity> roles(List<String> names) {
		return names.stream().map(RbacWriter::role).toList();
	}

	private static RoleEntity role(String name) {
		return RoleEntity.newBuilder().setName(name).build();
	}

	private static PrivilegeEntity privilege(String name) {
		return PrivilegeEntity.newBuilder().setName(name).build();
	}

}
