package dev.milvusbackup.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Writes keys as a v2 file, in the order in which they come: keys with the same beginning
 * have to follow each other.
 */
final class ConfigText {

	private static final Set<String> RESERVED = Set.of("yes", "no", "on", "off", "null", "y", "n");

	private final StringBuilder text = new StringBuilder("configVersion: v2\n");

	private List<String> parents = List.of();

	void put(ConfigKey key, String value) {
		String indent = open(key);
		this.text.append(indent).append(leaf(key)).append(':');
		if (key.type() == ValueType.LIST) {
			ValueType.entries(value)
				.forEach((entry) -> this.text.append('\n').append(indent).append("  - ").append(quoted(entry)));
		}
		else {
			this.text.append(' ').append(isPlain(key, value) ? value : quoted(value));
		}
		this.text.append('\n');
	}

	/** Says something instead of a value. */
	void comment(ConfigKey key, String comment) {
		this.text.append(open(key)).append("# ").append(leaf(key)).append(": ").append(comment).append('\n');
	}

	/** Begins the sections that the key lies in, and gives its indentation. */
	private String open(ConfigKey key) {
		List<String> path = Arrays.asList(key.name().split("\\."));
		List<String> wanted = path.subList(0, path.size() - 1);
		int common = 0;
		while (common < Math.min(wanted.size(), this.parents.size())
				&& wanted.get(common).equals(this.parents.get(common))) {
			common++;
		}
		for (int level = common; level < wanted.size(); level++) {
			this.text.append((level == 0) ? "\n" : "")
				.append("  ".repeat(level))
				.append(wanted.get(level))
				.append(":\n");
		}
		this.parents = new ArrayList<>(wanted);
		return "  ".repeat(wanted.size());
	}

	private static String leaf(ConfigKey key) {
		return key.name().substring(key.name().lastIndexOf('.') + 1);
	}

	private static boolean isPlain(ConfigKey key, String value) {
		return !key.type().text() && value.matches("[A-Za-z]+|0|[1-9]\\d*")
				&& !RESERVED.contains(value.toLowerCase(Locale.ROOT));
	}

	/** A double-quoted scalar of YAML, which knows the escapes of JSON. */
	private static String quoted(String value) {
		StringBuilder quoted = new StringBuilder("\"");
		value.codePoints().forEach((character) -> {
			if (character == '"' || character == '\\') {
				quoted.append('\\').appendCodePoint(character);
			}
			else if (character < ' ' || (character >= 0x7F && character < 0xA0) || character == 0x2028
					|| character == 0x2029 || character == 0xFEFF) {
				quoted.append(String.format("\\u%04X", character));
			}
			else {
				quoted.appendCodePoint(character);
			}
		});
		return quoted.append('"').toString();
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
