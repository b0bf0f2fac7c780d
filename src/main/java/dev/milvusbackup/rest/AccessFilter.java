package dev.milvusbackup.rest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

import dev.milvusbackup.config.ServerSettings.Access;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only clients in that show a credential, when there is one. A browser, which can
 * only ask for a user and a password, may give the token as the password of any user.
 * Health is told to everybody.
 */
final class AccessFilter extends OncePerRequestFilter {

	private static final String BEARER = "Bearer ";

	private static final String BASIC = "Basic ";

	private static final String HEALTH = "/actuator/health";

	private final Access access;

	AccessFilter(Access access) {
		this.access = access;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.access.isRestricted() || isHealth(request.getServletPath())
				|| isKnown(request.getHeader(HttpHeaders.AUTHORIZATION))) {
			chain.doFilter(request, response);
			return;
		}
		response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"milvus-backup\", charset=\"UTF-8\"");
		response.addHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		Refusal.write(response, HttpServletResponse.SC_UNAUTHORIZED, "a credential of this server is needed");
	}

	private static boolean isHealth(String path) {
		return path.equals(HEALTH) || path.startsWith(HEALTH + "/");
	}

	private boolean isKnown(@Nullable String authorization) {
		if (authorization == null) {
			return false;
		}
		if (authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
			return isSame(this.access.token(), authorization.substring(BEARER.length()).strip());
		}
		return authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())
				&& isUser(authorization.substring(BASIC.length()).strip());
	}

	private boolean isUser(String encoded) {
		String decoded;
		try {
			decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
		int colon = decoded.indexOf(':');
		if (colon < 0) {
			return false;
		}
		String password = decoded.substring(colon + 1);
		// both sides always, so that the time tells nothing
		boolean user = isSame(this.access.user(), decoded.substring(0, colon))
				& isSame(this.access.password(), password);
		return user | isSame(this.access.token(), password);
	}

	private static boolean isSame(@Nullable String secret, String given) {
		return secret != null && MessageDigest.isEqual(secret.getBytes(StandardCharsets.UTF_8),
				given.getBytes(StandardCharsets.UTF_8));
	}

}
