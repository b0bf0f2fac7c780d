package dev.milvusbackup.storage.s3;

import java.io.IOException;
import java.security.ProviderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import dev.milvusbackup.storage.ObjectChangedException;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageException.Kind;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import io.minio.errors.XmlParserException;
import io.minio.messages.ErrorResponse;

/**
 * What the server's and the network's errors mean. The library's own exceptions are not
 * kept as causes: they print request headers, and the session token is one of them.
 */
final class S3Errors {

	private static final Set<String> CREDENTIALS = Set.of("AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch",
			"InvalidToken", "InvalidTokenId", "ExpiredToken", "ExpiredTokenException", "AllAccessDisabled",
			"AccountProblem", "InvalidSecurity", "AuthorizationHeaderMalformed");

	private static final Set<String> ADDRESS = Set.of("PermanentRedirect", "Redirect", "TemporaryRedirect",
			"InvalidBucketName", "IllegalLocationConstraintException", "InvalidLocationConstraint");

	private static final Set<String> TRANSIENT = Set.of("RequestError", "RequestTimeout", "Throttling",
			"ThrottlingException", "RequestLimitExceeded", "RequestThrottled", "InternalError", "SlowDown",
			"SlowDownRead", "SlowDownWrite", "ServiceUnavailable", "OperationAborted", "BadDigest",
			"XAmzContentSHA256Mismatch", "IncompleteBody", "NoSuchUpload", "InvalidPart", "XMinioServerNotInitialized");

	private static final Set<Integer> TRANSIENT_STATUS = Set.of(408, 429, 499);

	private S3Errors() {
	}

	/**
	 * The failure in the operator's words.
	 * @param what the object, or the bucket
	 */
	static StorageException translate(String verb, String what, Throwable failure) {
		String start = "unable to " + verb + " '" + what + "': ";
		Throwable cause = root(failure);
		if (cause instanceof StorageException own) {
			return own;
		}
		if (cause instanceof ErrorResponseException answer) {
			ErrorResponse error = answer.errorResponse();
			int status = answer.response().code();
			return answered(start, new Answer(error.code(), status, message(error)));
		}
		if (cause instanceof ServerException server) {
			return answered(start, new Answer("", server.statusCode(), "HTTP status " + server.statusCode()));
		}
		if (cause instanceof ForeignAnswerException foreign) {
			return foreign(start, foreign);
		}
		if (cause instanceof ProviderException) {
			return withoutKeys(start, cause);
		}
		if (cause instanceof XmlParserException || cause instanceof IOException) {
			return disconnected(start, cause);
		}
		return new StorageException(Kind.PERMANENT, start + describe(cause), null, cause);
	}

	/**
	 * The kind of an error that the server tells of one key of a batch.
	 */
	static Kind kind(String code) {
		if (CREDENTIALS.contains(code)) {
			return Kind.CONFIGURATION;
		}
		return TRANSIENT.contains(code) ? Kind.TRANSIENT : Kind.PERMANENT;
	}

	static String message(ErrorResponse error) {
		String message = error.message();
		return (message == null || message.isBlank()) ? error.code() : message + " (" + error.code() + ")";
	}

	private static Throwable root(Throwable failure) {
		Throwable cause = failure;
		while (cause.getCause() != null && (cause instanceof CompletionException || cause instanceof ExecutionException
				|| cause instanceof ContentException || cause.getClass() == MinioException.class)) {
			cause = cause.getCause();
		}
		return cause;
	}

	private static StorageException answered(String start, Answer answer) {
		String message = start + answer.message();
		switch (answer.code()) {
			case "NoSuchKey":
				return new ObjectNotFoundException(message, null);
			case "PreconditionFailed":
				return new ObjectChangedException(message, null);
			case "NoSuchBucket":
				return new NoSuchBucketException(message);
			case "RequestTimeTooSkewed":
				return configuration(message, "set the clock of this machine or of the server");
			case "XMinioStorageFull", "InsufficientStorage", "QuotaExceeded":
				return new StorageException(Kind.PERMANENT, message, "free space in the object store", null);
			default:
				return byTable(message, answer);
		}
	}

	private static StorageException byTable(String message, Answer answer) {
		if (CREDENTIALS.contains(answer.code()) || answer.status() == 401 || answer.status() == 403) {
			return configuration(message, "check access key, secret key and the rights they give on the bucket");
		}
		if (ADDRESS.contains(answer.code()) || answer.status() == 301 || answer.status() == 307) {
			return configuration(message, "check address, region and bucket name");
		}
		if (TRANSIENT.contains(answer.code()) || isTransient(answer.status())) {
			return new StorageException(Kind.TRANSIENT, message, null, null);
		}
		return new StorageException(Kind.PERMANENT, message, null, null);
	}

	/**
	 * The surroundings gave no temporary keys: they may not answer, or have none to give.
	 */
	private static StorageException withoutKeys(String start, Throwable failure) {
		boolean silent = failure.getCause() instanceof IOException;
		String why = silent ? describe(failure.getCause()) : describe(failure);
		return new StorageException(silent ? Kind.TRANSIENT : Kind.CONFIGURATION,
				start + "there are no temporary keys: " + why,
				"check that this machine or pod has a role, or use auth.type static", failure);
	}

	private static StorageException foreign(String start, ForeignAnswerException answer) {
		if (isTransient(answer.status())) {
			return new StorageException(Kind.TRANSIENT, start + answer.getMessage(), null, answer);
		}
		return new StorageException(Kind.CONFIGURATION, start + answer.getMessage(),
				"check that address, port and useSSL are those of an S3 server", answer);
	}

	private static boolean isTransient(int status) {
		return (status >= 500 && status != 501 && status != 507) || TRANSIENT_STATUS.contains(status);
	}

	private static StorageException disconnected(String start, Throwable failure) {
		if (failure instanceof SSLException && isLasting(failure)) {
			return new StorageException(Kind.CONFIGURATION, start + describe(failure),
					"check useSSL, the address and the server's certificate", failure);
		}
		Throwable cause = (failure instanceof XmlParserException && failure.getCause() != null) ? failure.getCause()
				: failure;
		return new StorageException(Kind.TRANSIENT, start + describe(cause), "check that the store can be reached",
				cause);
	}

	private static boolean isLasting(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof CertificateException || cause instanceof CertPathValidatorException
					|| cause instanceof SSLPeerUnverifiedException) {
				return true;
			}
		}
		return describe(failure).contains("Unsupported or unrecognized SSL message");
	}

	private static StorageException configuration(String message, String hint) {
		return new StorageException(Kind.CONFIGURATION, message, hint, null);
	}

	private static String describe(Throwable failure) {
		String message = failure.getMessage();
		return (message == null || message.isBlank()) ? failure.getClass().getSimpleName() : message;
	}

	/**
	 * An error answer of the S3 protocol.
	 */
	private record Answer(String code, int status, String message) {
	}

}
