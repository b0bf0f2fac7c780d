package dev.milvusbackup.rest.console;

import java.util.List;
import java.util.stream.Collectors;

import dev.milvusbackup.launch.ExpireReport;
import dev.milvusbackup.launch.ExpireReport.Outcome;
import dev.milvusbackup.launch.ExpireRequest;
import dev.milvusbackup.rest.v2.NewExpiration;
import org.jspecify.annotations.Nullable;

/**
 * The rules that the form for old backups asks for; null when a field is missing.
 *
 * @param confirmed names of the backups that were shown as going, null before
 */
public record ExpireForm(@Nullable String prefix, @Nullable String keepLast, @Nullable String keepDaily,
		@Nullable String keepWeekly, @Nullable String keepMonthly, @Nullable String keepWithin, @Nullable String grace,
		@Nullable String confirmed) {

	static final ExpireForm EMPTY = new ExpireForm("", "", "", "", "", "", "7d", null);

	ExpireRequest request(boolean apply) {
		return new NewExpiration(Fields.text(this.prefix), Fields.number("Newest", this.keepLast),
				Fields.number("Days", this.keepDaily), Fields.number("Weeks", this.keepWeekly),
				Fields.number("Months", this.keepMonthly), Fields.text(this.keepWithin), Fields.text(this.grace), apply)
			.request();
	}

	/** Whether what would go now is what the person has seen. */
	boolean confirms(ExpireReport now) {
		return names(now).equals(this.confirmed);
	}

	static String names(ExpireReport report) {
		return going(report).stream()
			.map((outcome) -> outcome.verdict().backup().entry().name().value())
			.sorted()
			.collect(Collectors.joining(","));
	}

	static List<Outcome> going(ExpireReport report) {
		return report.backups().stream().filter((outcome) -> outcome.verdict().expires()).toList();
	}

}
