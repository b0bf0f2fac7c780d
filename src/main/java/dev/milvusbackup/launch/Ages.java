package dev.milvusbackup.launch;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ages as operators write them: a number of hours, days or weeks, {@code 12h},
 * {@code 30d}, {@code 4w}.
 */
public final class Ages {

	private static final Pattern AGE = Pattern.compile("([0-9]{1,5})([hdw])");

	private static final Map<String, Duration> UNITS = Map.of("h", Duration.ofHours(1), "d", Duration.ofDays(1), "w",
			Duration.ofDays(7));

	private Ages() {
	}

	/**
	 * @throws LaunchException with exit code 2 when it is not an age
	 */
	public static Duration parse(String option, String text) {
		Matcher age = AGE.matcher(text);
		if (!age.matches()) {
			throw new LaunchException(ExitCode.USAGE, "unable to use '" + option + " " + text + "': not an age",
					"give a number of hours, days or weeks: 12h, 30d, 4w");
		}
		return UNITS.getOrDefault(age.group(2), Duration.ZERO).multipliedBy(Long.parseLong(age.group(1)));
	}

}
