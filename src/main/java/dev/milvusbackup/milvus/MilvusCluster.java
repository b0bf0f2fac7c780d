package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import dev.milvusbackup.model.ClusterState.FlushPositions;
import dev.milvusbackup.model.ClusterState.RpcChannel;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.Rbac;

/**
 * What belongs to a Milvus as a whole. Thread-safe; transient failures are retried
 * inside; every method throws {@link MilvusException}.
 */
public interface MilvusCluster {

	/**
	 * Whether {@link #flushAll} works with this server (since Milvus 2.6.11).
	 */
	boolean canFlushAll();

	/**
	 * Makes everything of every collection persistent that was inserted so far, and waits
	 * for it.
	 * @return where each physical channel was
	 * @throws MilvusException of kind UNSUPPORTED when the server cannot, or UNAVAILABLE
	 * when it takes longer than the time limit
	 */
	FlushPositions flushAll(Duration limit);

	/**
	 * All users but root, roles, grants and privilege groups. Holds secrets.
	 * @throws MilvusException of kind UNSUPPORTED when the server cannot tell them, or
	 * DENIED when the user may not see them
	 */
	Rbac rbac();

	/**
	 * Adds what of it the server does not have, as {@link Rbac#without} tells: existing
	 * users keep their passwords and roles. All or nothing. Idempotent.
	 * @return what was added
	 * @throws MilvusException as {@link #rbac}, and when the server does not take it
	 */
	Rbac addRbac(Rbac rbac);

	/**
	 * The resource groups with the query nodes that are in each; empty for a server that
	 * has none.
	 */
	Map<String, Integer> resourceGroups();

	/**
	 * The position of the replication channel; empty where the server has none (all but
	 * Milvus 2.5) or does not tell it.
	 */
	Optional<RpcChannel> rpcChannel(String name);

	/**
	 * The database with the key of its encryption zone, a secret; as it is when it is not
	 * encrypted.
	 * @throws MilvusException also when the key of an encrypted one cannot be had
	 */
	Database withEncryptionKey(Database database);

}
