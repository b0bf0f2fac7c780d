package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

import dev.milvusbackup.model.Collection.Checkpoint;
import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetFlushStateRequest;
import io.milvus.grpc.GetFlushStateResponse;
import io.milvus.grpc.LongArray;
import milvus.proto.msg.Msg.MsgPosition;

/**
 * Flushes a collection and waits until the server says that it has.
 */
final class Flush {

	private final MilvusCalls calls;

	Flush(MilvusCalls calls) {
		this.calls = calls;
	}

	Checkpoint run(CollectionName name, Duration limit) {
		long end = System.nanoTime() + limit.toNanos();
		FlushRequest request = FlushRequest.newBuilder()
			.setDbName(name.database())
			.addCollectionNames(name.name())
			.build();
		String action = "flush collection '" + name + "'";
		FlushResponse answer = this.calls
			.send(new Call<>(action, name.database(), (stub) -> stub.flush(request), FlushResponse::getStatus)
				.paced(Pace.FLUSH)
				.within(limit));
		if (answer.containsCollSegIDs(name.name())) {
			GetFlushStateRequest state = stateRequest(name, answer);
			new FlushWait(this.calls, action).until((remaining) -> isFlushed(action, state, remaining), end);
		}
		return checkpoint(name, answer);
	}

	private static GetFlushStateRequest stateRequest(CollectionName name, FlushResponse answer) {
		return GetFlushStateRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.addAllSegmentIDs(answer.getCollSegIDsOrDefault(name.name(), LongArray.getDefaultInstance()).getDataList())
			.setFlushTs(answer.getCollFlushTsOrDefault(name.name(), 0))
			.build();
	}

	private boolean isFlushed(String action, GetFlushStateRequest request, Duration remaining) {
		return this.calls
			.send(new Call<>(action, request.getDbName(), (stub) -> stub.getFlushState(request),
					GetFlushStateResponse::getStatus)
				.within(remaining))
			.getFlushed();
	}

	private static Checkpoint checkpoint(CollectionName name, FlushResponse answer) {
		Map<String, String> channels = new TreeMap<>();
		long timestamp = 0;
		for (Map.Entry<String, MsgPosition> channel : answer.getChannelCpsMap().entrySet()) {
			MsgPosition position = channel.getValue();
			channels.put(channel.getKey(), Base64.getEncoder().encodeToString(position.toByteArray()));
			timestamp = Math.max(timestamp, position.getTimestamp());
		}
		return new Checkpoint(timestamp, answer.getCollSealTimesOrDefault(name.name(), 0), channels);
	}

}
