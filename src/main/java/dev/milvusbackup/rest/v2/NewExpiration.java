package dev.milvusbackup.rest.v2;

import java.time.Duration;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.milvusbackup.launch.Ages;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.ExpireRequest;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.retention.RetentionPolicy;
import org.jspecify.annotations.Nullable;

/**
 * The rules; at least one has to keep something. As the options of {@code expire}.
 *
 * @param prefix the backups whose names begin so; all when empty
 * @param keepWithin an age such as 30d, 4w, 12h
 * @param grace how long an unfinished backup stays; 7d when empty
 * @param apply deletes; otherwise it is only told what would go
 */
public record NewExpiration(@Nullable String prefix, @JsonProperty("keep_last") int keepLast,
		@JsonProperty("keep_daily") int keepDaily, @JsonProperty("keep_weekly") int keepWeekly,
		@JsonProperty("keep_monthly") int keepMonthly, @JsonProperty("keep_within") @Nullable String keepWithin,
		@Nullable String grace, boolean apply) {

	private static final Duration GRACE = Duration.ofDays(7);

	/**
	 * @throws LaunchException when a field has a value that there is not
	 */
	public ExpireRequest request() {
		RetentionPolicy policy = new RetentionPolicy(count("keep_last", this.keepLast),
				count("keep_daily", this.keepDaily), count("keep_weekly", this.keepWeekly),
				count("keep_monthly", this.keepMonthly), age("keep_within", this.keepWithin, Duration.ZERO),
				age("grace", this.grace, GRACE));
		return new ExpireRequest((this.prefix != null) ? this.prefix : "", policy, this.apply);
	}

	private static Duration age(String name, @Nullable String text, Duration otherwise) {
		return (text == null || text.isEmpty()) ? otherwise : Ages.parse(name, text);
	}

	private static int count(String name, int value) {
		if (value < 0) {
			throw new LaunchException(ExitCode.USAGE, "unable to use '" + name + " " + value + "': less than 0",
					"give how many to keep");
		}
		return value;
	}

}
