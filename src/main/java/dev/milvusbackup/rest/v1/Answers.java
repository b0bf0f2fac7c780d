package dev.milvusbackup.rest.v1;

import java.util.Map;
import java.util.function.Supplier;

import dev.milvusbackup.BackupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns what a request comes to, errors included, into the body of its answer.
 */
final class Answers {

	private static final Logger logger = LoggerFactory.getLogger(Answers.class);

	private Answers() {
	}

	static Map<String, @Nullable Object> to(String requestId, Supplier<Reply> work) {
		return reply(work).body(requestId);
	}

	/** For an endpoint that never has any data. */
	static Map<String, @Nullable Object> withoutData(String requestId, Supplier<Reply> work) {
		return reply(work).body(requestId, false);
	}

	private static Reply reply(Supplier<Reply> work) {
		try {
			return work.get();
		}
		catch (BackupException ex) {
			return Reply.failed(ex);
		}
		catch (RuntimeException ex) {
			logger.error("a request ended unexpectedly", ex);
			return Reply.failed(Reply.FAILED, "unexpected " + ex + "; the log file has the details");
		}
	}

}
