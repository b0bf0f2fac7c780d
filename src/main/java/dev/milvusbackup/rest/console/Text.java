package dev.milvusbackup.rest.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Numbers and times as people read them; the templates call it.
 */
public final class Text {

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final String UNITS = "KMGTP";

	private static final int KIBI = 1024;

	/** As in {@code 12.3 MiB}. */
	public String bytes(long bytes) {
		if (bytes < KIBI) {
			return bytes + " B";
		}
		double value = bytes;
		int unit = -1;
		while (value >= KIBI && unit < UNITS.length() - 1) {
			value /= KIBI;
			unit++;
		}
		return String.format(Locale.ROOT, "%.1f %ciB", value, UNITS.charAt(unit));
	}

	/** In UTC; a dash for null. */
	public String time(@Nullable Instant instant) {
		return (instant != null) ? TIME.format(instant) : "–";
	}

	/** As in {@code 1 h 2 min}, until now when it has not ended. */
	public String duration(Instant from, @Nullable Instant to) {
		Duration duration = Duration.between(from, (to != null) ? to : Instant.now());
		long seconds = Math.max(0, duration.toSeconds());
		if (seconds < 60) {
			return seconds + " s";
		}
		return (seconds < 3600) ? seconds / 60 + " min " + seconds % 60 + " s"
				: seconds / 3600 + " h " + seconds / 60 % 60 + " min";
	}

	public String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/** 0 to 100. */
	public int percent(long done, long all) {
		return (all == 0) ? 0 : (int) (100 * done / all);
	}

}
