package dev.milvusbackup.rest.console;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

import org.jspecify.annotations.Nullable;

/**
 * Proves that a form came from a page of this server: other sites cannot read it. The
 * same until the server ends.
 */
final class FormToken {

	/** Name of the field. */
	static final String FIELD = "token";

	private static final int BYTES = 24;

	private final String value;

	FormToken() {
		byte[] random = new byte[BYTES];
		new SecureRandom().nextBytes(random);
		this.value = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
	}

	String value() {
		return this.value;
	}

	/**
	 * @throws StaleFormException when it is not the token
	 */
	void require(@Nullable String given) {
		if (!matches(given)) {
			throw new StaleFormException();
		}
	}

	private boolean matches(@Nullable String given) {
		return given != null && MessageDigest.isEqual(this.value.getBytes(StandardCharsets.US_ASCII),
				given.getBytes(StandardCharsets.UTF_8));
	}

}
