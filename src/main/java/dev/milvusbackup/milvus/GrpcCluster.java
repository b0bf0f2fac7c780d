package dev.milvusbackup.milvus;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.milvus.MilvusFeatures.Feature;
import dev.milvusbackup.model.ClusterState.FlushPositions;
import dev.milvusbackup.model.ClusterState.RpcChannel;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.Rbac;
import io.milvus.grpc.BackupRBACMetaRequest;
import io.milvus.grpc.BackupRBACMetaResponse;
import io.milvus.grpc.FlushAllRequest;
import io.milvus.grpc.FlushAllResponse;
import io.milvus.grpc.GetFlushAllStateRequest;
import io.milvus.grpc.GetFlushAllStateResponse;
import io.milvus.grpc.ImmutableMessage;
import io.milvus.grpc.ReplicateMessageRequest;
import io.milvus.grpc.ReplicateMessageResponse;
import io.milvus.grpc.RestoreRBACMetaRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster over gRPC, and keys of encryption zones by the management endpoint.
 */
final class GrpcCluster implements MilvusCluster {

	private static final Logger logger = LoggerFactory.getLogger(GrpcCluster.class);

	private static final String FLUSH = "flush all collections";

	private final MilvusCalls calls;

	private final ManagementEndpoint management;

	private final ResourceGroupReader groups;

	GrpcCluster(MilvusCalls calls, ManagementEndpoint management) {
		this.calls = calls;
		this.management = management;
		this.groups = new ResourceGroupReader(calls);
	}

	@Override
	public boolean canFlushAll() {
		return this.calls.features().has(Feature.FLUSH_ALL);
	}

	@Override
	public FlushPositions flushAll(Duration limit) {
		if (!canFlushAll()) {
			throw this.calls.failures().unsupported(FLUSH, "Milvus " + this.calls.features() + " cannot do that");
		}
		long end = System.nanoTime() + limit.toNanos();
		FlushAllResponse answer = this.calls.send(Call
			.global(FLUSH, (stub) -> stub.flushAll(FlushAllRequest.getDefaultInstance()), FlushAllResponse::getStatus)
			.paced(Pace.FLUSH)
			.within(limit));
		GetFlushAllStateRequest request = GetFlushAllStateRequest.newBuilder()
			.putAllFlushAllTss(timeTicks(answer))
			.build();
		new FlushWait(this.calls, FLUSH).until((remaining) -> isFlushed(request, remaining), end);
		Map<String, String> messages = new TreeMap<>();
		answer.getFlushAllMsgsMap()
			.forEach((channel, message) -> messages.put(channel,
					Base64.getEncoder().encodeToString(message.toByteArray())));
		return new FlushPositions(messages, answer.getClusterInfo().getCchannel(),
				answer.getClusterInfo().getPchannelsList());
	}

	private boolean isFlushed(GetFlushAllStateRequest request, Duration remaining) {
		return this.calls
			.send(Call.global(FLUSH, (stub) -> stub.getFlushAllState(request), GetFlushAllStateResponse::getStatus)
				.within(remaining))
			.getFlushed();
	}

	private Map<String, Long> timeTicks(FlushAllResponse answer) {
		Map<String, Long> ticks = new HashMap<>();
		for (Map.Entry<String, ImmutableMessage> message : answer.getFlushAllMsgsMap().entrySet()) {
			try {
				ticks.put(message.getKey(), ChannelPosition.timeTick(message.getValue()));
			}
			catch (NumberFormatException ex) {
				throw new MilvusException(Kind.REFUSED, "unable to " + FLUSH
						+ ": the server does not tell a time tick of channel '" + message.getKey() + "'",
						"use --strategy serial_flush", ex);
			}
		}
		if (ticks.isEmpty()) {
			throw this.calls.failures().refused(FLUSH, "the server tells no positions", "use --strategy serial_flush");
		}
		return ticks;
	}

	@Override
	public Rbac rbac() {
		return RbacReader.rbac(this.calls.send(Call.global("read users and roles",
				(stub) -> stub.backupRBAC(BackupRBACMetaRequest.getDefaultInstance()),
				BackupRBACMetaResponse::getStatus))
			.getRBACMeta());
	}

	@Override
	public Rbac addRbac(Rbac rbac) {
		Rbac missing = rbac.without(rbac());
		if (missing.isEmpty()) {
			return missing;
		}
		RestoreRBACMetaRequest request = RestoreRBACMetaRequest.newBuilder()
			.setRBACMeta(RbacWriter.meta(missing))
			.build();
		try {
			this.calls.send(Call.change("add users and roles", CollectionName.DEFAULT_DATABASE,
					(stub) -> stub.restoreRBAC(request)));
		}
		catch (MilvusException ex) {
			// an attempt whose answer was lost may have added them
			if (ex.kind() != Kind.REFUSED || !rbac.without(rbac()).isEmpty()) {
				throw ex;
			}
		}
		return missing;
	}

	@Override
	public Map<String, Integer> resourceGroups() {
		return this.groups.nodes();
	}

	@Override
	public Optional<RpcChannel> rpcChannel(String name) {
		if (!this.calls.features().has(Feature.REPLICATE_MESSAGE)) {
			return Optional.empty();
		}
		ReplicateMessageRequest request = ReplicateMessageRequest.newBuilder().setChannelName(name).build();
		try {
			ReplicateMessageResponse answer = this.calls.send(Call.global("read the position of channel '" + name + "'",
					(stub) -> stub.replicateMessage(request), ReplicateMessageResponse::getStatus));
			return Optional.of(new RpcChannel(name, answer.getPosition()));
		}
		catch (MilvusException ex) {
			if (ex.kind() == Kind.UNAVAILABLE) {
				throw ex;
			}
			// needed by nothing but replication, which few have
			logger.info("{}; going on without it", ex.getMessage());
			return Optional.empty();
		}
	}

	@Override
	public Database withEncryptionKey(Database database) {
		if (!isEncrypted(database)) {
			return database;
		}
		String action = "read the encryption key of database '" + database.name() + "'";
		String query = "rootcoord/ez/backup?db_name=" + URLEncoder.encode(database.name(), StandardCharsets.UTF_8);
		String key = this.management.get(action, query).path("ezk").asString("");
		if (key.isEmpty()) {
			throw new MilvusException(Kind.REFUSED, "unable to " + action + ": the answer has none",
					"check the management address of the milvus section", null);
		}
		return database.withEncryptionKey(key);
	}

	private static boolean isEncrypted(Database database) {
		return has(database, "cipher.ezID") && has(database, "cipher.key");
	}

	private static boolean has(Database database, String property) {
		return database.properties()
			.stream()
			.filter((entry) -> entry.key().equals(property))
			.map(KeyValue::value)
			.anyMatch((value) -> !value.isEmpty());
	}

}
