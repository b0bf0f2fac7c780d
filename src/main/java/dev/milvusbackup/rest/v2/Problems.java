package dev.milvusbackup.rest.v2;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.ExitCodes;
import dev.milvusbackup.rest.ServerBusyException;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Errors as problem details, with the exit code that the command line would end with, and
 * the hint.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(basePackageClasses = Problems.class)
final class Problems {

	private static final String SECONDS_TO_RETRY = "30";

	@ExceptionHandler
	ResponseEntity<ProblemDetail> busy(ServerBusyException ex) {
		return ResponseEntity.status(HttpStatus.TOO_MANY_REQUESTS)
			.header(HttpHeaders.RETRY_AFTER, SECONDS_TO_RETRY)
			.body(problem(HttpStatus.TOO_MANY_REQUESTS, ex));
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> known(BackupException ex) {
		HttpStatus status = status(ExitCodes.of(ex));
		return ResponseEntity.status(status).body(problem(status, ex));
	}

	@ExceptionHandler
	ResponseEntity<ProblemDetail> unreadable(HttpMessageNotReadableException ex) {
		return known(UnreadableBody.explain(ex.getCause()));
	}

	private static ProblemDetail problem(HttpStatus status, BackupException ex) {
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, String.valueOf(ex.getMessage()));
		problem.setProperty("exit_code", ExitCodes.of(ex).code());
		if (ex.hint() != null) {
			problem.setProperty("hint", ex.hint());
		}
		return problem;
	}

	private static HttpStatus status(ExitCode exitCode) {
		return switch (exitCode) {
			case USAGE -> HttpStatus.BAD_REQUEST;
			case NOT_FOUND -> HttpStatus.NOT_FOUND;
			case RUNNING, STOPPED -> HttpStatus.CONFLICT;
			case DAMAGED -> HttpStatus.UNPROCESSABLE_CONTENT;
			case INCOMPATIBLE -> HttpStatus.NOT_IMPLEMENTED;
			case COMPLETE, PARTIAL, FAILED -> HttpStatus.INTERNAL_SERVER_ERROR;
		};
	}

}
