package dev.milvusbackup.rest.console;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.config.RequestFile;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import org.jspecify.annotations.Nullable;

/**
 * What browsers send, as values. A browser leaves out what is not checked, and sends an
 * empty text for what is not filled in. Pure.
 */
final class Fields {

	private Fields() {
	}

	static boolean isChecked(@Nullable Boolean box) {
		return Boolean.TRUE.equals(box);
	}

	static String text(@Nullable String value) {
		return (value != null) ? value.strip() : "";
	}

	/** Null when it is not filled in. */
	static @Nullable String optional(@Nullable String value) {
		return text(value).isEmpty() ? null : text(value);
	}

	/**
	 * 0 when it is not filled in.
	 * @throws LaunchException when it is no number from 0 on
	 */
	static int number(String label, @Nullable String value) {
		String digits = text(value);
		if (digits.isEmpty()) {
			return 0;
		}
		if (!digits.matches("[0-9]{1,6}")) {
			throw new LaunchException(ExitCode.USAGE, "unable to use '" + digits + "' for '" + label + "': no number",
					"give a number from 0 to 999999");
		}
		return Integer.parseInt(digits);
	}

	/** Names between commas. */
	static List<String> list(@Nullable String value) {
		return Arrays.stream(text(value).split(",")).map(String::strip).filter((name) -> !name.isEmpty()).toList();
	}

	/**
	 * Null when it is not filled in.
	 * @throws dev.milvusbackup.config.ConfigException when it is neither YAML nor JSON
	 */
	static @Nullable Map<String, @Nullable Object> object(String label, @Nullable String value) {
		return text(value).isEmpty() ? null : RequestFile.parse(label, text(value));
	}

}
