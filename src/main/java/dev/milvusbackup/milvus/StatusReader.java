package dev.milvusbackup.milvus;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.Status;

/**
 * Reads the status that Milvus puts into its answers: the old {@code error_code} and,
 * since 2.3, {@code code}. An answer is good when both are 0. Milvus 2.2 tells most of it
 * in words only.
 */
@SuppressWarnings("deprecation") // the old code is all that Milvus 2.2 sends
final class StatusReader {

	private static final Set<Integer> NOT_FOUND_CODES = Set.of(100, 200, 800, 1600);

	private static final Pattern NOT_FOUND = Pattern.compile("(collection|partition|database|alias) not found"
			+ "|can't find collection|collectionnotexists|partition id not found|database:\\S* not found");

	private static final int KEY_NOT_FOUND = 1000;

	private static final int IMPORT_FAILED = 2100;

	private static final Pattern JOB_UNKNOWN = Pattern
		.compile("importtask|import task id doesn't exist|import job .*not");

	/** Not authenticated, privilege missing. */
	private static final Set<Integer> DENIED_CODES = Set.of(1400, 1401);

	private static final Set<ErrorCode> PASSING = Set.of(ErrorCode.NotReadyServe, ErrorCode.NotReadyCoordActivating,
			ErrorCode.DataCoordNA, ErrorCode.SegmentNotFound);

	/** Service not ready, service unavailable, segment not found. */
	private static final Set<Integer> PASSING_CODES = Set.of(1, 2, 600);

	private static final Pattern LOST_INSIDE = Pattern
		.compile("rpc error|context canceled|context deadline exceeded|connection error|service unavailable");

	private StatusReader() {
	}

	static boolean isGood(Status status) {
		return status.getCode() == 0 && status.getErrorCodeValue() == 0;
	}

	/**
	 * What the server says, without its stack trace.
	 */
	static String reason(Status status) {
		String text = (status.getReason().isEmpty() ? status.getDetail() : status.getReason()).strip();
		String line = text.substring(text.lastIndexOf('\n') + 1);
		if (line.length() < text.length() && line.contains("desc = ")) {
			line = line.substring(line.lastIndexOf("desc = ") + "desc = ".length());
		}
		return line.isEmpty() ? "error " + status.getErrorCode() + "/" + status.getCode() : line;
	}

	/**
	 * Whether the server asks for fewer requests.
	 */
	static boolean isThrottled(Status status) {
		return status.getErrorCode() == ErrorCode.RateLimit || status.getCode() == 8
				|| says(status, "rate limit exceeded");
	}

	static boolean isIndexMissing(Status status) {
		return status.getErrorCode() == ErrorCode.IndexNotExist || status.getCode() == 700
				|| says(status, "index not found") || says(status, "index doesn't exist");
	}

	static boolean isNotLoaded(Status status) {
		return Set.of(101, 201).contains(status.getCode()) || says(status, "not loaded")
				|| says(status, "not been loaded");
	}

	static boolean isJobUnknown(Status status) {
		return (status.getCode() == KEY_NOT_FOUND || status.getCode() == 65535 || status.getCode() == 0
				|| status.getCode() == IMPORT_FAILED) && JOB_UNKNOWN.matcher(words(status)).find();
	}

	/**
	 * Whether the server has as many import jobs as it takes.
	 */
	static boolean isQueueFull(Status status) {
		return says(status, "number of jobs has reached the limit");
	}

	/**
	 * Whether the answer does not tell what the part of the server that does the work has
	 * done.
	 */
	static boolean isOutcomeUnknown(Status status) {
		return !isNotFound(status) && (status.getCode() == 2 || LOST_INSIDE.matcher(words(status)).find());
	}

	static MilvusException.Kind kind(Status status) {
		if (status.getErrorCode() == ErrorCode.PermissionDenied || DENIED_CODES.contains(status.getCode())) {
			return MilvusException.Kind.DENIED;
		}
		if (isNotFound(status)) {
			return MilvusException.Kind.NOT_FOUND;
		}
		return (isThrottled(status) || isPassing(status)) ? MilvusException.Kind.UNAVAILABLE
				: MilvusException.Kind.REFUSED;
	}

	private static boolean isNotFound(Status status) {
		return status.getErrorCode() == ErrorCode.CollectionNotExists || NOT_FOUND_CODES.contains(status.getCode())
				|| NOT_FOUND.matcher(words(status)).find();
	}

	/**
	 * Whether the server asks to come back, or was disturbed by a compaction.
	 */
	private static boolean isPassing(Status status) {
		return PASSING.contains(status.getErrorCode()) || PASSING_CODES.contains(status.getCode())
				|| says(status, "segment not found");
	}

	private static boolean says(Status status, String text) {
		return words(status).contains(text);
	}

	private static String words(Status status) {
		return (status.getReason().isEmpty() ? status.getDetail() : status.getReason()).toLowerCase(Locale.ROOT);
	}

}
