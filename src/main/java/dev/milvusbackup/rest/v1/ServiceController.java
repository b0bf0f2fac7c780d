package dev.milvusbackup.rest.v1;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.rest.ServerParts;
import dev.milvusbackup.rest.v1.Bodies.UnreadableBodyException;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.ModelAndView;

/**
 * What is about the server itself (behaviour.md B.1, B.9).
 */
@RestController
@Tag(name = "v1 (Go tool)")
class ServiceController {

	private static final String HELLO = "Hello, This is backup service";

	private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

	private final ServerParts parts;

	ServiceController(ServerParts parts) {
		this.parts = parts;
	}

	/** A browser gets the console, which did not exist in the Go tool. */
	@RequestMapping("/")
	@Hidden
	Object root(HttpServletRequest request,
			@RequestHeader(name = HttpHeaders.ACCEPT, defaultValue = "") String accept) {
		boolean browser = "GET".equals(request.getMethod()) && accept.contains(MediaType.TEXT_HTML_VALUE);
		return browser ? new ModelAndView("forward:/console") : hello();
	}

	@GetMapping("/api/v1/hello")
	@Operation(summary = "Say hello")
	ResponseEntity<String> hello() {
		return ResponseEntity.ok().contentType(TEXT).body(HELLO);
	}

	@GetMapping("/api/v1/check")
	@Operation(summary = "Try everything that a backup needs")
	ResponseEntity<Object> check() {
		try {
			return ResponseEntity.ok().contentType(TEXT).body(this.parts.check().get());
		}
		catch (BackupException ex) {
			return ResponseEntity.internalServerError()
				.contentType(MediaType.APPLICATION_JSON)
				.body(Map.of("error", Reply.text(ex)));
		}
	}

	@GetMapping({ "/api/v1/docs", "/api/v1/docs/**" })
	@Hidden
	ResponseEntity<Void> docs() {
		return ResponseEntity.status(302).header(HttpHeaders.LOCATION, "/swagger-ui.html").build();
	}

	/**
	 * Bodies that are no requests.
	 */
	@RestControllerAdvice(basePackageClasses = ServiceController.class)
	static class BadBodies {

		@ExceptionHandler
		ResponseEntity<Map<String, String>> unreadable(UnreadableBodyException ex) {
			return ResponseEntity.badRequest().body(Map.of("error", String.valueOf(ex.getMessage())));
		}

	}

}
