package dev.milvusbackup.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.MediaType;

/**
 * The answer to a request that gets no further than a filter.
 */
final class Refusal {

	private Refusal() {
	}

	/**
	 * @param reason without characters that JSON escapes
	 */
	static void write(HttpServletResponse response, int status, String reason) throws IOException {
		response.setStatus(status);
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		response.getOutputStream().write(("{\"error\":\"" + reason + "\"}").getBytes(StandardCharsets.UTF_8));
	}

}
