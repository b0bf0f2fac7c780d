package dev.milvusbackup.testing.milvus;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Pauses of garbage collection: one for the whole server, and where there are tickets any
 * number for single collections. Thread-safe.
 */
public final class GcPauses {

	private static final String WHOLE_SERVER = "";

	private final boolean tickets;

	private final Map<String, Pause> pauses = new HashMap<>();

	private int paused;

	private int resumed;

	GcPauses(boolean tickets) {
		this.tickets = tickets;
	}

	synchronized boolean isPaused() {
		return remaining().compareTo(Duration.ZERO) > 0;
	}

	/**
	 * Whether objects of this collection are safe.
	 */
	public synchronized boolean covers(long collectionId) {
		Instant now = Instant.now();
		return this.pauses.values()
			.stream()
			.anyMatch((pause) -> now.isBefore(pause.until)
					&& (pause.collectionId <= 0 || pause.collectionId == collectionId));
	}

	/**
	 * Number of pauses that nobody has given back and that have not run out.
	 */
	public synchronized int open() {
		Instant now = Instant.now();
		return (int) this.pauses.values().stream().filter((pause) -> now.isBefore(pause.until)).count();
	}

	synchronized Duration remaining() {
		return this.pauses.values()
			.stream()
			.map((pause) -> Duration.between(Instant.now(), pause.until))
			.max(Comparator.naturalOrder())
			.orElse(Duration.ZERO);
	}

	synchronized int paused() {
		return this.paused;
	}

	synchronized int resumed() {
		return this.resumed;
	}

	/**
	 * @return body of the answer
	 * @throws IllegalArgumentException when a number is none
	 */
	synchronized String pause(Map<String, String> parameters) {
		Instant until = Instant.now().plusSeconds(Long.parseLong(parameters.getOrDefault("pause_seconds", "")));
		this.paused++;
		if (!this.tickets) {
			this.pauses.put(WHOLE_SERVER, new Pause(0, until));
			return "{\"msg\": \"OK\"}";
		}
		long collection = Long.parseLong(parameters.getOrDefault("collection_id", "0"));
		String ticket = UUID.randomUUID().toString();
		this.pauses.put(ticket, new Pause(collection, until));
		return "{\"msg\": \"OK\", \"ticket\": \"" + ticket + "\"}";
	}

	/**
	 * @return body of the answer
	 * @throws IllegalArgumentException when there is no such ticket
	 */
	synchronized String resume(Map<String, String> parameters) {
		String ticket = parameters.getOrDefault("ticket", WHOLE_SERVER);
		if (this.tickets && !ticket.equals(WHOLE_SERVER)) {
			if (this.pauses.remove(ticket) == null) {
				throw new IllegalArgumentException("there is no ticket " + ticket);
			}
		}
		else {
			this.pauses.clear();
		}
		this.resumed++;
		return "{\"msg\": \"OK\"}";
	}

	private record Pause(long collectionId, Instant until) {
	}

}
