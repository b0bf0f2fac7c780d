package dev.milvusbackup.launch;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The date for which a scheduler starts a job, as {@code yyyymmdd}: the same date means
 * the same run, however often the job is started.
 */
public record OrderDate(String value) {

	/** Stands for the date in names. */
	public static final String PLACE = "{odate}";

	private static final DateTimeFormatter NORMAL = DateTimeFormatter.BASIC_ISO_DATE;

	private static final List<DateTimeFormatter> FORMS = List.of(formatter("uuMMdd"), formatter("uuuuMMdd"),
			formatter("uuuu-MM-dd"));

	/**
	 * The date that the text is; empty when it is none.
	 */
	public static Optional<OrderDate> find(String text) {
		return FORMS.stream().flatMap((form) -> find(text, form).stream()).findFirst();
	}

	/**
	 * @throws LaunchException with exit code 2 when the text is no date
	 */
	public static OrderDate parse(String text) {
		return find(text).orElseThrow(() -> new LaunchException(ExitCode.USAGE,
				"unable to use order date '" + text + "': not a date", "write it as yymmdd, yyyymmdd or yyyy-mm-dd"));
	}

	/**
	 * The text with the date in its place.
	 */
	public String in(String text) {
		return text.replace(PLACE, this.value);
	}

	/**
	 * Without a place for the date in its name, the backup of one day would pass for that
	 * of the next.
	 * @param what gave the date
	 * @throws LaunchException with exit code 2 when the name has no place for the date
	 */
	public static void requirePlace(String what, String name) {
		if (!name.contains(PLACE)) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to use '" + what + "': the name of the backup does not contain " + PLACE,
					"name it after the date, for example 'nightly_" + PLACE + "'");
		}
	}

	private static Optional<OrderDate> find(String text, DateTimeFormatter form) {
		try {
			return Optional.of(new OrderDate(NORMAL.format(LocalDate.parse(text.strip(), form))));
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

	private static DateTimeFormatter formatter(String pattern) {
		return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
	}

}
