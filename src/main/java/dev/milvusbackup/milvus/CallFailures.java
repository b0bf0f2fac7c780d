package dev.milvusbackup.milvus;

import dev.milvusbackup.milvus.MilvusException.Kind;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * Words failures for the operator.
 *
 * @param target names the server
 */
record CallFailures(String target) {

	/**
	 * The request did not get through, or no answer came back.
	 */
	MilvusException of(Call<?> call, StatusRuntimeException ex) {
		String cause = cause(ex);
		String action = "unable to " + call.action() + ": ";
		return switch (ex.getStatus().getCode()) {
			case UNAUTHENTICATED, PERMISSION_DENIED -> new MilvusException(Kind.DENIED, action + cause,
					"check milvus.user and milvus.password, and the user's rights", ex);
			case UNIMPLEMENTED -> new MilvusException(Kind.UNSUPPORTED, action + cause, "use a newer Milvus", ex);
			case UNAVAILABLE, RESOURCE_EXHAUSTED, DEADLINE_EXCEEDED, CANCELLED ->
				new MilvusException(Kind.UNAVAILABLE, action + "Milvus '" + this.target + "' does not answer: " + cause,
						"check that Milvus is running", ex);
			default -> new MilvusException(Kind.REFUSED, action + cause, null, ex);
		};
	}

	/**
	 * The request, which must not be repeated, went out and no good answer came back.
	 */
	MilvusException afterSending(Call<?> call, StatusRuntimeException ex) {
		return switch (ex.getStatus().getCode()) {
			case UNAUTHENTICATED, PERMISSION_DENIED, UNIMPLEMENTED -> of(call, ex);
			default ->
				unknownOutcome(call.action(), "the answer of Milvus '" + this.target + "' was lost: " + cause(ex), ex);
		};
	}

	/**
	 * The server answered with an error.
	 */
	MilvusException of(Call<?> call, Status status) {
		return new MilvusException(StatusReader.kind(status),
				"unable to " + call.action() + ": " + StatusReader.reason(status), null, null);
	}

	MilvusException unknownOutcome(String action, String cause, @Nullable Throwable exception) {
		return new MilvusException(Kind.UNKNOWN_OUTCOME, "unable to " + action + ": " + cause,
				"look at the server's import jobs before sending it again", exception);
	}

	MilvusException refused(String action, String cause, @Nullable String hint) {
		return new MilvusException(Kind.REFUSED, "unable to " + action + ": " + cause, hint, null);
	}

	MilvusException unsupported(String action, String cause) {
		return new MilvusException(Kind.UNSUPPORTED, "unable to " + action + ": " + cause, "use a newer Milvus", null);
	}

	MilvusException interrupted(String action, InterruptedException cause) {
		return new MilvusException(Kind.UNAVAILABLE, "unable to " + action + ": interrupted", null, cause);
	}

	private static String cause(StatusRuntimeException ex) {
		String text = ex.getStatus().getDescription();
		Throwable root = ex.getStatus().getCause();
		while (root != null && root.getCause() != null) {
			root = root.getCause();
		}
		String detail = (root != null) ? root.getMessage() : null;
		if (text == null) {
			return (detail != null) ? detail : ex.getStatus().getCode().name();
		}
		return (detail == null || text.contains(detail)) ? text : detail;
	}

}
