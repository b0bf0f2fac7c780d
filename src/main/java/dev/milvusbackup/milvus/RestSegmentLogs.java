package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;

import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.CollectionName;
import tools.jackson.databind.JsonNode;

/**
 * Segments by {@code /v2/vectordb/segments/describe} (behaviour.md D.3), which refuses a
 * request when one of its segments is gone.
 */
final class RestSegmentLogs implements SegmentLogs {

	private static final int BATCH = 100;

	private static final int AT_ONCE = 4;

	/** A listing tells nearly as much, so nobody waits long for this. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final RestCalls rest;

	private final boolean available;

	RestSegmentLogs(RestCalls rest, boolean available) {
		this.rest = rest;
		this.available = available;
	}

	@Override
	public boolean available() {
		return this.available;
	}

	@Override
	public Map<Long, Logs> describe(CollectionName collection, long collectionId, List<Long> segmentIds) {
		List<List<Long>> batches = IntStream.range(0, (segmentIds.size() + BATCH - 1) / BATCH)
			.mapToObj((i) -> segmentIds.subList(i * BATCH, Math.min(segmentIds.size(), (i + 1) * BATCH)))
			.toList();
		Map<Long, Logs> all = new HashMap<>();
		together(batches, (batch) -> batch(collection, collectionId, batch)).forEach(all::putAll);
		return all;
	}

	/**
	 * The first failure is thrown.
	 */
	private static <I, O> List<O> together(List<I> inputs, Function<I, O> work) {
		if (inputs.size() < 2) {
			return inputs.stream().map(work).toList();
		}
		ExecutorService threads = Executors.newFixedThreadPool(Math.min(AT_ONCE, inputs.size()));
		try {
			List<Future<O>> pending = inputs.stream().map((input) -> threads.submit(() -> work.apply(input))).toList();
			List<O> results = new ArrayList<>();
			for (Future<O> result : pending) {
				results.add(result.get());
			}
			return results;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new MilvusException(Kind.UNAVAILABLE, "unable to describe segments: interrupted", null, ex);
		}
		catch (ExecutionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : new IllegalStateException(ex.getCause());
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Halves a batch until those segments are alone that do not exist.
	 */
	private Map<Long, Logs> batch(CollectionName collection, long collectionId, List<Long> ids) {
		try {
			return ask(collection, collectionId, ids);
		}
		catch (MilvusException ex) {
			if (ex.kind() != Kind.NOT_FOUND) {
				throw ex;
			}
			if (ids.size() == 1) {
				return Map.of();
			}
			Map<Long, Logs> all = new HashMap<>(batch(collection, collectionId, ids.subList(0, ids.size() / 2)));
			all.putAll(batch(collection, collectionId, ids.subList(ids.size() / 2, ids.size())));
			return all;
		}
	}

	private Map<Long, Logs> ask(CollectionName collection, long collectionId, List<Long> ids) {
		JsonNode data = this.rest.send("describe segments of '" + collection + "'", "/v2/vectordb/segments/describe",
				Map.of("dbName", collection.database(), "collectionId", collectionId, "segmentIds", ids), PATIENCE);
		Map<Long, Logs> found = new HashMap<>();
		for (JsonNode info : data.path("segmentInfos")) {
			Set<Log> logs = new HashSet<>();
			for (JsonNode field : info.path("insertLogs")) {
				long fieldId = field.path("fieldID").asLong(0);
				field.path("logIDs").forEach((id) -> logs.add(new Log(BinlogKind.INSERT, fieldId, id.asLong())));
			}
			for (JsonNode field : info.path("deltaLogs")) {
				field.path("logIDs").forEach((id) -> logs.add(new Log(BinlogKind.DELTA, 0, id.asLong())));
			}
			found.put(info.path("segmentID").asLong(0), new Logs(info.path("vChannel").asString(""), logs));
		}
		return found;
	}

}
