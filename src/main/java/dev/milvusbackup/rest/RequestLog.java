package dev.milvusbackup.rest;

import java.io.IOException;
import java.util.Map;
import java.util.UUID;

import dev.milvusbackup.launch.RunLog;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request an id, which all lines of the log carry that belong to it, and logs
 * it in one line: without its query, headers and body, which may hold secrets.
 */
public final class RequestLog extends OncePerRequestFilter {

	private static final Logger logger = LoggerFactory.getLogger(RequestLog.class);

	private static final String ID = RequestLog.class.getName() + ".id";

	private static final String MARK = "request";

	private static final String[] HEADERS = { "request_id", "RequestId" };

	private static final int LONGEST_ID = 255;

	private final Level level;

	/**
	 * @param everyRequest whether requests are logged without {@code log.level: debug}
	 * too
	 */
	RequestLog(boolean everyRequest) {
		this.level = everyRequest ? Level.INFO : Level.DEBUG;
	}

	/**
	 * The id of the request: of a header, else of the body, else a new one.
	 * @param inBody empty for none
	 */
	public static String id(HttpServletRequest request, String inBody) {
		String id = header(request);
		if (id.isEmpty()) {
			id = inBody.isBlank() ? String.valueOf(request.getAttribute(ID)) : shortened(inBody);
		}
		RunLog.mark(MARK, printable(id));
		return id;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		long start = System.nanoTime();
		String given = header(request);
		String id = given.isEmpty() ? UUID.randomUUID().toString() : given;
		request.setAttribute(ID, id);
		RunLog log = RunLog.with(Map.of(MARK, printable(id)));
		try {
			chain.doFilter(request, response);
		}
		finally {
			logger.atLevel(this.level)
				.log("{} {} {} in {} ms", request.getMethod(), printable(request.getRequestURI()), response.getStatus(),
						(System.nanoTime() - start) / 1_000_000);
			log.close();
		}
	}

	private static String header(HttpServletRequest request) {
		for (String name : HEADERS) {
			String value = request.getHeader(name);
			if (value != null && !value.isBlank()) {
				return shortened(value);
			}
		}
		return "";
	}

	private static String shortened(String id) {
		return id.substring(0, Math.min(LONGEST_ID, id.length()));
	}

	private static String printable(String text) {
		return text.replaceAll("\\p{Cntrl}", "?");
	}

}
