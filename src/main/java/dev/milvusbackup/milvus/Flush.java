package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.milvus.MilvusException.Kind;
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

	private static final long FIRST_DELAY_MILLIS = 50;

	private static final long LONGEST_DELAY_MILLIS = 1000;

	/** A question sent just before the end gets this long for its answer. */
	private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(1);

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
			await(action, stateRequest(name, answer), end);
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

	private void await(String action, GetFlushStateRequest request, long end) {
		long delay = FIRST_DELAY_MILLIS;
		while (!isFlushed(action, request, end)) {
			if (System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(delay) >= end) {
				throw new MilvusException(Kind.UNAVAILABLE,
						"unable to " + action + ": it takes longer than the time limit",
						"look at the load of Milvus, then try again", null);
			}
			this.calls.pause(action, delay);
			delay = Math.min(LONGEST_DELAY_MILLIS, delay * 2);
		}
	}

	private boolean isFlushed(String action, GetFlushStateRequest request, long end) {
		Duration remaining = Duration.ofNanos(Math.max(LEAST_NANOS, end - System.nanoTime()));
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
