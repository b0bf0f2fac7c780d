package dev.milvusbackup.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads ages such as {@code 30d}, {@code 12h} or {@code 4w}.
 */
final class Age implements ITypeConverter<Duration> {

	private static final Pattern FORM = Pattern.compile("([0-9]{1,6})([hdw])");

	@Override
	public Duration convert(String value) {
		Matcher found = FORM.matcher(value.strip());
		if (!found.matches()) {
			throw new TypeConversionException("'" + value + "' is not an age: write it as 12h, 30d or 4w");
		}
		long number = Long.parseLong(found.group(1));
		return switch (found.group(2)) {
			case "h" -> Duration.ofHours(number);
			case "d" -> Duration.ofDays(number);
			default -> Duration.ofDays(7 * number);
		};
	}

}
