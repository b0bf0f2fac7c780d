package dev.milvusbackup.cli;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.OrderDate;
import picocli.CommandLine.Option;

/**
 * The order date of a scheduler, and names made from it.
 */
final class OrderDateOptions {

	static final String PLACE = OrderDate.PLACE;

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
		return OrderDate.find(this.odate).map(OrderDate::value).orElse("");
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
		return OrderDate.parse(this.odate).in(text);
	}

}
