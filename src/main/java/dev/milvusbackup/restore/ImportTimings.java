package dev.milvusbackup.restore;

import java.time.Duration;

/**
 * How patient the import of segments is.
 *
 * @param firstPoll after which a new job is asked for its state; doubles from then on
 * @param longestPoll between two questions
 * @param retry before a failed import is sent again; doubles from then on
 * @param settle how long a job may take to show up after its submission was cut off
 * @param noProgress how long a job may stand still before it is given up
 */
record ImportTimings(Duration firstPoll, Duration longestPoll, Duration retry, Duration settle, Duration noProgress) {

	static ImportTimings standard(Duration noProgress) {
		return new ImportTimings(Duration.ofMillis(500), Duration.ofSeconds(4), Duration.ofSeconds(1),
				Duration.ofSeconds(5), noProgress);
	}

	/**
	 * How long a round of the work may wait.
	 */
	Duration round() {
		return this.firstPoll.dividedBy(2);
	}

}
