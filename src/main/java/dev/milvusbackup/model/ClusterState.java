package dev.milvusbackup.model;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * What a backup holds of the source as a whole, besides databases and collections
 * (format.md 5.1).
 *
 * @param rbac null when it was not asked for
 * @param rpcChannel where the replication channel was, null when the source has none
 * @param flush what a flush of everything reached
 */
public record ClusterState(@Nullable Rbac rbac, @Nullable RpcChannel rpcChannel, FlushPositions flush) {

	/** Nothing known. */
	public static final ClusterState NONE = new ClusterState(null, null, FlushPositions.NONE);

	/**
	 * A replication channel's position before the backup.
	 *
	 * @param position protobuf {@code msg.MsgPosition} in base64
	 */
	public record RpcChannel(String name, String position) {
	}

	/**
	 * Where each physical channel was when everything had been flushed.
	 *
	 * @param messages physical channel to protobuf {@code common.ImmutableMessage} in
	 * base64
	 * @param controlChannel empty when unknown
	 */
	public record FlushPositions(Map<String, String> messages, String controlChannel, List<String> physicalChannels) {

		/** No flush of everything. */
		public static final FlushPositions NONE = new FlushPositions(Map.of(), "", List.of());

		public FlushPositions {
			messages = Collections.unmodifiableMap(new TreeMap<>(messages));
			physicalChannels = List.copyOf(physicalChannels);
		}

	}

}
