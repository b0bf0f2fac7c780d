package dev.milvusbackup.milvus;

import java.util.List;

import dev.milvusbackup.model.Rbac;
import dev.milvusbackup.model.Rbac.Grant;
import dev.milvusbackup.model.Rbac.PrivilegeGroup;
import dev.milvusbackup.model.Rbac.User;
import io.milvus.grpc.GrantEntity;
import io.milvus.grpc.PrivilegeEntity;
import io.milvus.grpc.RBACMeta;
import io.milvus.grpc.RoleEntity;

/**
 * From Milvus's users and roles to the model.
 */
final class RbacReader {

	private RbacReader() {
	}

	static Rbac rbac(RBACMeta meta) {
		return new Rbac(
				meta.getUsersList()
					.stream()
					.map((user) -> new User(user.getUser(), user.getPassword(), names(user.getRolesList())))
					.toList(),
				names(meta.getRolesList()), meta.getGrantsList().stream().map(RbacReader::grant).toList(),
				meta.getPrivilegeGroupsList()
					.stream()
					.map((group) -> new PrivilegeGroup(group.getGroupName(),
							group.getPrivilegesList().stream().map(PrivilegeEntity::getName).toList()))
					.toList());
	}

	private static Grant grant(GrantEntity grant) {
		return new Grant(grant.getRole().getName(), grant.getObject().getName(), grant.getObjectName(),
				grant.getGrantor().getUser().getName(), grant.getGrantor().getPrivilege().getName(), grant.getDbName());
	}

	private static List<String> names(List<RoleEntity> roles) {
		return roles.stream().map(RoleEntity::getName).toList();
	}

}
