package dev.milvusbackup.rest;

import java.io.IOException;
import java.net.URI;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps pages of other sites, open in the browser of somebody who may use this server,
 * from using it: they cannot change anything, and cannot pass for a page of a server that
 * only this machine can reach.
 */
final class OriginFilter extends OncePerRequestFilter {

	private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

	private static final Set<String> OWN = Set.of("same-origin", "none");

	private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

	private final boolean loopback;

	/**
	 * @param loopback whether only this machine can reach the server
	 */
	OriginFilter(boolean loopback) {
		this.loopback = loopback;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.loopback && !LOCAL.contains(request.getServerName())) {
			Refusal.write(response, HttpServletResponse.SC_FORBIDDEN, "this server is called localhost");
		}
		else if (!SAFE.contains(request.getMethod()) && isForeign(request)) {
			Refusal.write(response, HttpServletResponse.SC_FORBIDDEN, "the request comes from a page of another site");
		}
		else {
			chain.doFilter(request, response);
		}
	}

	private static boolean isForeign(HttpServletRequest request) {
		String site = request.getHeader("Sec-Fetch-Site");
		if (site != null) {
			return !OWN.contains(site);
		}
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		return origin != null && !isSame(origin, request.getHeader(HttpHeaders.HOST));
	}

	private static boolean isSame(String origin, @Nullable String host) {
		try {
			return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

}
