package dev.milvusbackup.manifest;

import java.util.List;

import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.ClusterState.FlushPositions;
import dev.milvusbackup.model.ClusterState.RpcChannel;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.Rbac;
import dev.milvusbackup.model.Rbac.Grant;
import dev.milvusbackup.model.Rbac.PrivilegeGroup;
import dev.milvusbackup.model.Rbac.User;
import org.jspecify.annotations.Nullable;

/**
 * What {@code BackupInfo} says of the source as a whole: {@code rbac_meta},
 * {@code rpc_channel_info}, {@code database_backups} and the positions of a flush.
 */
final class ClusterCodec {

	private static final String NAME = "name";

	private ClusterCodec() {
	}

	/** In the order of the Go tool's struct. */
	static void write(JsonWriter json, ClusterState cluster, List<Database> databases) {
		Rbac rbac = cluster.rbac();
		if (rbac != null) {
			json.object("rbac_meta", () -> write(json, rbac));
		}
		RpcChannel channel = cluster.rpcChannel();
		if (channel != null) {
			json.object("rpc_channel_info", () -> json.text(NAME, channel.name()).text("position", channel.position()));
		}
		json.objects("database_backups", databases,
				(database) -> write(json, database).text("ezk", database.encryptionKey()));
		FlushPositions flush = cluster.flush();
		json.map("flush_all_msgs_base64", flush.messages())
			.text("control_channel_name", flush.controlChannel())
			.texts("physical_channel_names", flush.physicalChannels());
	}

	/** All but the secret. */
	static JsonWriter write(JsonWriter json, Database database) {
		return json.text("db_name", database.name())
			.number("db_id", database.id())
			.keyValues("properties", database.properties());
	}

	static ClusterState read(JsonObject json) {
		RpcChannel channel = null;
		if (json.has("rpc_channel_info")) {
			JsonObject info = json.object("rpc_channel_info");
			channel = new RpcChannel(info.text(NAME), info.text("position"));
		}
		return new ClusterState(rbac(json), channel, new FlushPositions(json.map("flush_all_msgs_base64"),
				json.text("control_channel_name"), json.texts("physical_channel_names")));
	}

	static List<Database> databases(JsonObject json) {
		return json.objects("database_backups", (database) -> new Database(database.text("db_name"),
				database.number("db_id"), database.keyValues("properties"), database.textOrNull("ezk")));
	}

	private static void write(JsonWriter json, Rbac rbac) {
		json.objects("users", rbac.users(),
				(user) -> json.text("user", user.name())
					.text("password", user.passwordHash())
					.objects("roles", user.roles(), (role) -> json.text(NAME, role)))
			.objects("roles", rbac.roles(), (role) -> json.text(NAME, role))
			.objects("grants", rbac.grants(), (grant) -> write(json, grant))
			.objects("privilege_groups", rbac.privilegeGroups(), (group) -> json.text("group_name", group.name())
				.objects("privileges", group.privileges(), (privilege) -> json.text(NAME, privilege)));
	}

	private static void write(JsonWriter json, Grant grant) {
		json.object("role", () -> json.text(NAME, grant.role()))
			.object("object", () -> json.text(NAME, grant.objectType()))
			.text("object_name", grant.objectName())
			.object("grantor",
					() -> json.object("user", () -> json.text(NAME, grant.grantor()))
						.object("privilege", () -> json.text(NAME, grant.privilege())))
			.text("db_name", grant.database());
	}

	private static @Nullable Rbac rbac(JsonObject json) {
		if (!json.has("rbac_meta")) {
			return null;
		}
		JsonObject rbac = json.object("rbac_meta");
		return new Rbac(rbac.objects("users", ClusterCodec::user), names(rbac, "roles"),
				rbac.objects("grants", ClusterCodec::grant), rbac.objects("privilege_groups",
						(group) -> new PrivilegeGroup(group.text("group_name"), names(group, "privileges"))));
	}

	private static User user(JsonObject json) {
		return new User(json.text("user"), json.text("password"), names(json, "roles"));
	}

	private static Grant grant(JsonObject json) {
		JsonObject grantor = json.object("grantor");
		return new Grant(json.object("role").text(NAME), json.object("object").text(NAME), json.text("object_name"),
				grantor.object("user").text(NAME), grantor.object("privilege").text(NAME), json.text("db_name"));
	}

	private static List<String> names(JsonObject json, String key) {
		return json.objects(key, (named) -> named.text(NAME));
	}

}
