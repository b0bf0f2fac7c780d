package dev.milvusbackup.milvus;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Garbage collection by Milvus's management endpoint.
 */
final class HttpGarbageCollection implements GarbageCollection {

	private static final String PATH = "datacoord/garbage_collection/";

	private final ManagementEndpoint endpoint;

	private final boolean tickets;

	/**
	 * @param tickets whether the server pauses single collections and gives tickets
	 */
	HttpGarbageCollection(ManagementEndpoint endpoint, boolean tickets) {
		this.endpoint = endpoint;
		this.tickets = tickets;
	}

	@Override
	public boolean pausesCollections() {
		return this.tickets;
	}

	@Override
	public String pause(long collectionId, Duration duration) {
		// rounded up, and 0 would mean for ever
		long seconds = Math.max(1, duration.plusNanos(999_999_999).toSeconds());
		return this.endpoint
			.get("pause garbage collection", PATH + "pause?pause_seconds=" + seconds + "&collection_id=" + collectionId)
			.path("ticket")
			.asString("");
	}

	@Override
	public void resume(String ticket) {
		this.endpoint.get("resume garbage collection",
				PATH + "resume" + (ticket.isEmpty() ? "" : "?ticket=" + encoded(ticket)));
	}

	private static String encoded(String ticket) {
		return URLEncoder.encode(ticket, StandardCharsets.UTF_8);
	}

}
