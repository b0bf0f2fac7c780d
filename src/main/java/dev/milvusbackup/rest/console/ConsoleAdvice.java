package dev.milvusbackup.rest.console;

import dev.milvusbackup.BackupException;
import dev.milvusbackup.launch.ExitCodes;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.servlet.ModelAndView;

/**
 * What all pages have: the token of their forms, the means to write numbers, headers that
 * let nothing of elsewhere in, and a page for errors.
 */
@ControllerAdvice(basePackageClasses = ConsoleAdvice.class)
class ConsoleAdvice {

	private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self';"
			+ " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	private final FormToken token;

	private final Text text = new Text();

	ConsoleAdvice(FormToken token) {
		this.token = token;
	}

	@ModelAttribute
	void common(Model model, HttpServletResponse response) {
		model.addAttribute(FormToken.FIELD, this.token.value());
		model.addAttribute("text", this.text);
		protect(response);
	}

	@ExceptionHandler
	ModelAndView known(BackupException ex, HttpServletResponse response) {
		protect(response);
		response.setStatus(status(ex).value());
		ModelAndView page = new ModelAndView("console/error");
		page.addObject("error", ex);
		page.addObject("text", this.text);
		return page;
	}

	private static HttpStatus status(BackupException ex) {
		if (ex instanceof StaleFormException) {
			return HttpStatus.FORBIDDEN;
		}
		return switch (ExitCodes.of(ex)) {
			case USAGE -> HttpStatus.BAD_REQUEST;
			case NOT_FOUND -> HttpStatus.NOT_FOUND;
			case RUNNING -> HttpStatus.CONFLICT;
			default -> HttpStatus.INTERNAL_SERVER_ERROR;
		};
	}

	private static void protect(HttpServletResponse response) {
		response.setHeader("Content-Security-Policy", POLICY);
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader("Referrer-Policy", "same-origin");
		response.setHeader("Cache-Control", "no-store");
	}

}
