package dev.milvusbackup.storage.s3;

import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

import dev.milvusbackup.storage.StoreMetrics;
import okhttp3.Request;

/**
 * Tells the requests of the S3 protocol apart.
 */
final class RequestCounter {

	private final StoreMetrics metrics;

	RequestCounter(StoreMetrics metrics) {
		this.metrics = metrics;
	}

	static boolean isCopy(Request request) {
		return request.header("x-amz-copy-source") != null;
	}

	static boolean isCompletion(Request request) {
		return request.method().equals("POST") && request.url().queryParameter("uploadId") != null;
	}

	void count(Request request) {
		kind(request).increment();
	}

	private LongAdder kind(Request request) {
		Set<String> parameters = request.url().queryParameterNames();
		return switch (request.method()) {
			case "GET" -> get(parameters);
			case "HEAD" -> this.metrics.stats();
			case "PUT" -> put(request);
			case "POST" -> parameters.contains("delete") ? this.metrics.deletes() : this.metrics.others();
			default -> this.metrics.others();
		};
	}

	private LongAdder get(Set<String> parameters) {
		if (parameters.contains("list-type")) {
			return this.metrics.lists();
		}
		return parameters.contains("location") ? this.metrics.others() : this.metrics.gets();
	}

	private LongAdder put(Request request) {
		if (isCopy(request)) {
			return this.metrics.copies();
		}
		String type = request.header("Content-Type");
		boolean bucket = type != null && type.startsWith("application/xml");
		return bucket ? this.metrics.others() : this.metrics.puts();
	}

}
