package dev.milvusbackup.testing.milvus;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.ClusterInfo;
import io.milvus.grpc.FlushAllResponse;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetFlushAllStateRequest;
import io.milvus.grpc.GetFlushAllStateResponse;
import io.milvus.grpc.GetFlushStateRequest;
import io.milvus.grpc.GetFlushStateResponse;
import io.milvus.grpc.ImmutableMessage;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MessageID;
import milvus.proto.msg.Msg.MsgPosition;

/**
 * Flushes.
 */
final class FlushAnswers {

	private static final String CHANNEL = "by-dev-rootcoord-dml_";

	private static final int CHANNELS = 16;

	private final FakeVersion version;

	private final FakeCatalogue catalogue;

	private final FlushSettings settings;

	private final Answers answers;

	private Map<String, Long> reached = Map.of();

	FlushAnswers(FakeVersion version, FakeCatalogue catalogue, FlushSettings settings) {
		this.version = version;
		this.catalogue = catalogue;
		this.settings = settings;
		this.answers = new Answers(version);
	}

	FlushResponse flush(CollectionName name) {
		FakeCollection collection = this.catalogue.find(name);
		if (collection == null) {
			return FlushResponse.newBuilder().setStatus(this.answers.collectionMissing(name)).build();
		}
		List<Long> flushed = collection.segments().stream().map(FakeSegment::id).toList();
		List<Long> growing = collection.history().flush();
		FlushResponse.Builder response = FlushResponse.newBuilder()
			.setStatus(this.answers.good())
			.setDbName(name.database())
			.putCollSegIDs(name.name(), LongArray.newBuilder().addAllData(growing).build())
			.putFlushCollSegIDs(name.name(), LongArray.newBuilder().addAllData(flushed).build())
			.putCollSealTimes(name.name(), Instant.now().getEpochSecond());
		long timestamp = this.catalogue.nextTimestamp();
		if (this.version.tellsFlushTimestamps()) {
			response.putCollFlushTs(name.name(), timestamp);
		}
		if (this.version.tellsChannelCheckpoints()) {
			for (int shard = 0; shard < collection.shards; shard++) {
				response.putChannelCps(collection.channel(shard),
						MsgPosition.newBuilder().setChannelName(CHANNEL + shard).setTimestamp(timestamp).build());
			}
		}
		this.settings.done(name.name());
		return response.build();
	}

	GetFlushStateResponse state(GetFlushStateRequest request, CollectionName name) {
		if (this.version.tellsFlushTimestamps() && this.catalogue.find(name) == null) {
			return GetFlushStateResponse.newBuilder().setStatus(this.answers.collectionMissing(name)).build();
		}
		boolean told = !this.version.tellsFlushTimestamps() || request.getFlushTs() > 0;
		return GetFlushStateResponse.newBuilder()
			.setStatus(this.answers.good())
			.setFlushed(told && this.settings.isFinished())
			.build();
	}

	@SuppressWarnings("deprecation") // all that servers before 2.6.11 tell
	FlushAllResponse flushAll() {
		this.catalogue.collections().forEach((collection) -> collection.history().flush());
		long timestamp = this.catalogue.nextTimestamp();
		FlushAllResponse.Builder response = FlushAllResponse.newBuilder()
			.setStatus(this.answers.good())
			.setFlushAllTs(timestamp);
		if (this.version.tellsFlushAllMessages()) {
			Map<String, Long> positions = new TreeMap<>();
			ClusterInfo.Builder cluster = ClusterInfo.newBuilder()
				.setClusterId("by-dev")
				.setCchannel(CHANNEL + "0_vcchan");
			for (int i = 0; i < CHANNELS; i++) {
				positions.put(CHANNEL + i, timestamp + i);
				cluster.addPchannels(CHANNEL + i);
				response.putFlushAllMsgs(CHANNEL + i, message(CHANNEL + i, timestamp + i));
			}
			this.reached = positions;
			response.setClusterInfo(cluster);
		}
		this.settings.allDone();
		return response.build();
	}

	/** Without the positions that the flush told, it is never done. */
	@SuppressWarnings("deprecation") // all that servers before 2.6.11 know
	GetFlushAllStateResponse allState(GetFlushAllStateRequest request) {
		boolean told = this.version.tellsFlushAllMessages() ? isReached(request.getFlushAllTssMap())
				: request.getFlushAllTs() > 0;
		return GetFlushAllStateResponse.newBuilder()
			.setStatus(this.answers.good())
			.setFlushed(told && this.settings.isFinished())
			.build();
	}

	private boolean isReached(Map<String, Long> asked) {
		return !this.reached.isEmpty() && asked.keySet().equals(this.reached.keySet())
				&& asked.entrySet()
					.stream()
					.allMatch((entry) -> entry.getValue() > 0 && entry.getValue() <= this.reached.get(entry.getKey()));
	}

	private ImmutableMessage message(String channel, long timestamp) {
		return ImmutableMessage.newBuilder()
			.setId(MessageID.newBuilder().setId(Long.toString(this.catalogue.nextId())))
			.putProperties("_t", "31")
			.putProperties("_v", "2")
			.putProperties("_tt", Long.toString(timestamp, 36))
			.putProperties("_vc", channel)
			.build();
	}

}
