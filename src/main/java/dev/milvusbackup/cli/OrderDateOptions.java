package dev.milvusbackup.cli;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import picocli.CommandLine.Option;

/**
 * The order date of a scheduler, and names made from it: the same date means the same
 * run, however often the job is started.
 */
final class OrderDateOptions {

	static final String PLACE = "{odate}";

	private static final DateTimeFormatter NORMAL = DateTimeFormatter.BASIC_ISO_DATE;

	private static final List<DateTimeFormatter> FORMS = List.of(formatter("uuMMdd"), formatter("uuuuMMdd"),
			formatter("uuuu-MM-dd"));

	@Option(names = "--odate", paramLabel = "<date>",
			description = "Order date: yymmdd, yyyymmdd or yyyy-mm-dd. Replaces {odate} in names, as yyyymmdd.")
	String odate = "";

	boolean given() {
		return !this.odate.isBlank();
	}

	/**
	 * As {@code yyyymmdd}, empty when none or nonsense was given.
	 */
	String normalised() {
		return FORMS.stream().flatMap((form) -> parse(form).stream()).findFirst().orElse("");
	}

	private Optional<String> parse(DateTimeFormatter form) {
		try {
			return Optional.of(NORMAL.format(LocalDate.parse(this.odate.strip(), form)));
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

	private String required() {
		String date = normalised();
		if (date.isEmpty()) {
			throw new LaunchException(ExitCode.USAGE, "unable to use order date '" + this.odate + "': not a date",
					"write it as yymmdd, yyyymmdd or yyyy-mm-dd");
		}
		return date;
	}

	/**
	 * The text with the date in its place.
	 * @throws LaunchException with exit code 2 when there is a place, but no date, or
	 * nonsense
	 */
	String expand(String option, String text) {
		if (!text.contains(PLACE)) {
			return text;
		}
		if (!given()) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to use '" + option + " " + text + "': there is no order date for " + PLACE,
					"give it: --odate yyyymmdd");
		}
		return text.replace(PLACE, required());
	}

	private static DateTimeFormatter formatter(String pattern) {
		return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
	}

}
