package dev.milvusbackup.rest.v1;

import java.util.Map;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.model.InvalidNameException;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint answers, always with HTTP 200 (behaviour.md B.1).
 *
 * @param code 0 for success
 * @param message empty for none
 * @param data null for none
 */
record Reply(int code, String message, @Nullable Object data) {

	/** The request cannot be carried out as it is. */
	static final int BAD_REQUEST = 400;

	static final int NOT_FOUND = 404;

	/** Anything else that went wrong. */
	static final int FAILED = 3;

	private static final String SUCCESS = "success";

	static Reply success(@Nullable Object data) {
		return new Reply(0, SUCCESS, data);
	}

	static Reply failed(int code, String message) {
		return new Reply(code, message, null);
	}

	/**
	 * The error with its hint, as there is no other field for it.
	 */
	static Reply failed(BackupException error) {
		return failed((error instanceof InvalidNameException) ? BAD_REQUEST : FAILED, text(error));
	}

	static String text(BackupException error) {
		return (error.hint() == null) ? String.valueOf(error.getMessage()) : error.getMessage() + "; " + error.hint();
	}

	/**
	 * The body of the answer; {@code data} is always there, the others unless zero.
	 */
	Map<String, @Nullable Object> body(String requestId) {
		return body(requestId, true);
	}

	/**
	 * As {@link #body(String)}; {@code data} is left out where there never is any.
	 */
	Map<String, @Nullable Object> body(String requestId, boolean withData) {
		GoObject body = new GoObject().put("requestId", requestId).put("code", this.code).put("msg", this.message);
		return (withData ? body.always("data", this.data) : body).fields();
	}

}
