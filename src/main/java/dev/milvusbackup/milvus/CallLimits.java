package dev.milvusbackup.milvus;

import java.time.Duration;

/**
 * How long to wait for a server.
 *
 * @param connect for the answer to the first request
 * @param connectPatience how long a server that is not there is tried again
 * @param call for the answer to one request
 * @param patience how long a request is repeated while the server is gone or asks to come
 * back later
 */
record CallLimits(Duration connect, Duration connectPatience, Duration call, Duration patience) {

	static final CallLimits DEFAULT = new CallLimits(Duration.ofSeconds(10), Duration.ofSeconds(3),
			Duration.ofSeconds(60), Duration.ofMinutes(2));

	/**
	 * The limits while connecting.
	 */
	CallLimits whileConnecting() {
		return new CallLimits(this.connect, this.connectPatience, this.connect, this.connectPatience);
	}

}
