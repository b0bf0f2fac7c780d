package dev.milvusbackup.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What the value of a key may be.
 *
 * @param description completes "is not ..."
 * @param text whether the empty value is a value of its own
 */
public record ValueType(String description, boolean text, Predicate<String> accepts) {

	private static final Pattern DURATION = Pattern.compile("[1-9]\\d{0,8}(ms|s|m|h)");

	static final ValueType TEXT = new ValueType("a text", true, (value) -> true);

	static final ValueType BOOLEAN = new ValueType("true or false", false, ValueType::isBoolean);

	static final ValueType PORT = new ValueType("a port from 1 to 65535", false, (value) -> within(value, 1, 65535));

	static final ValueType OPTIONAL_PORT = new ValueType("a port from 1 to 65535", false,
			(value) -> within(value, 0, 65535));

	static final ValueType POSITIVE = new ValueType("a number from 1 to 2147483647", false,
			(value) -> within(value, 1, Integer.MAX_VALUE));

	static final ValueType POOL_SIZE = new ValueType("a number from 3 to 1000", false,
			(value) -> within(value, 3, 1000));

	static final ValueType NOT_NEGATIVE = new ValueType("a number from 0 to 2147483647", false,
			(value) -> within(value, 0, Integer.MAX_VALUE));

	static final ValueType HTTP_URL = new ValueType("an absolute http or https URL", false, ValueType::isHttpUrl);

	/** Empty stands for an address that is derived or not used. */
	static final ValueType OPTIONAL_HTTP_URL = new ValueType("an absolute http or https URL", true,
			(value) -> value.isEmpty() || isHttpUrl(value));

	static final ValueType LIST = new ValueType("a list with at least one entry", true,
			(value) -> !entries(value).isEmpty());

	static final ValueType DURATION_TEXT = new ValueType("a duration such as 500ms, 30s, 10m or 2h", false,
			(value) -> DURATION.matcher(value).matches());

	static ValueType oneOf(String... values) {
		List<String> allowed = List.of(values);
		return new ValueType("one of " + String.join(", ", allowed), false,
				(value) -> allowed.contains(value.toLowerCase(Locale.ROOT)));
	}

	/** The entries of a list that is written with commas; blank ones are none. */
	static List<String> entries(String value) {
		return Stream.of(value.split(",")).map(String::strip).filter((entry) -> !entry.isEmpty()).toList();
	}

	static boolean isTrue(String value) {
		return List.of("true", "t", "1").contains(value.toLowerCase(Locale.ROOT));
	}

	private static boolean isBoolean(String value) {
		return isTrue(value) || List.of("false", "f", "0").contains(value.toLowerCase(Locale.ROOT));
	}

	private static boolean within(String value, long least, long most) {
		return value.matches("\\d{1,10}") && Long.parseLong(value) >= least && Long.parseLong(value) <= most;
	}

	private static boolean isHttpUrl(String value) {
		try {
			URI uri = new URI(value);
			return uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

}
