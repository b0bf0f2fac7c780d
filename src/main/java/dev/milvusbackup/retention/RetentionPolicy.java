package dev.milvusbackup.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Comparator;
import java.util.List;

import dev.milvusbackup.manifest.BackupEntry.State;

/**
 * Which backups to keep; a backup stays when any rule keeps it. Days, ISO weeks and
 * months are those of UTC; only those that have a backup are counted, and the newest
 * backup of each stays.
 *
 * @param last keep so many of the newest
 * @param daily keep one of each of so many days
 * @param weekly keep one of each of so many weeks
 * @param monthly keep one of each of so many months
 * @param within keep what is not older than this, counted back from the newest backup, so
 * that nothing goes while no new ones are made; zero for no such rule
 * @param grace how long an unfinished backup stays after it was last written to
 */
public record RetentionPolicy(int last, int daily, int weekly, int monthly, Duration within, Duration grace) {

	private static final Comparator<Candidate> NEWEST_FIRST = Comparator
		.comparing((Candidate candidate) -> candidate.backup().time())
		.thenComparing((candidate) -> candidate.backup().entry().name().value())
		.reversed();

	/**
	 * Whether it has any rule that keeps a complete backup.
	 */
	public boolean hasRule() {
		return this.last > 0 || this.daily > 0 || this.weekly > 0 || this.monthly > 0 || !this.within.isZero();
	}

	/**
	 * Decides on each backup. Whatever the rules say, these stay: the newest one that is
	 * good, one in use, and a damaged one, which a person should look at.
	 * @return newest first
	 */
	public List<Verdict> decide(List<Candidate> candidates, Instant now) {
		List<Candidate> sorted = candidates.stream().sorted(NEWEST_FIRST).toList();
		List<Candidate> complete = sorted.stream()
			.filter((candidate) -> candidate.backup().entry().state() == State.COMPLETE)
			.toList();
		Kept kept = new Kept(complete);
		kept.newestGood();
		kept.eachOf("last", this.last, (candidate) -> candidate.backup().entry().name());
		kept.eachOf("daily", this.daily, (candidate) -> date(candidate).toLocalDate());
		kept.eachOf("weekly", this.weekly, (candidate) -> week(date(candidate)));
		kept.eachOf("monthly", this.monthly, (candidate) -> YearMonth.from(date(candidate)));
		if (!this.within.isZero()) {
			kept.within(this.within, now);
		}
		return sorted.stream().map((candidate) -> decide(candidate, kept.reasons(candidate), now)).toList();
	}

	private Verdict decide(Candidate candidate, List<String> reasons, Instant now) {
		if (!candidate.use().isEmpty()) {
			return keep(candidate, candidate.use());
		}
		return switch (candidate.backup().entry().state()) {
			case COMPLETE -> reasons.isEmpty() ? expire(candidate, "no rule keeps it")
					: new Verdict(candidate.backup(), false, reasons);
			case DAMAGED -> keep(candidate, "damaged: look at it, then delete it by name");
			case INCOMPLETE -> unfinished(candidate, now);
		};
	}

	private Verdict unfinished(Candidate candidate, Instant now) {
		if (candidate.backup().deleting()) {
			return expire(candidate, "its deletion has begun");
		}
		boolean old = candidate.backup().time().isBefore(now.minus(this.grace));
		return old ? expire(candidate, "unfinished for too long") : keep(candidate, "unfinished, in its grace time");
	}

	private static Verdict keep(Candidate candidate, String reason) {
		return new Verdict(candidate.backup(), false, List.of(reason));
	}

	private static Verdict expire(Candidate candidate, String reason) {
		return new Verdict(candidate.backup(), true, List.of(reason));
	}

	private static OffsetDateTime date(Candidate candidate) {
		return candidate.backup().time().atOffset(ZoneOffset.UTC);
	}

	private static String week(OffsetDateTime date) {
		return date.get(IsoFields.WEEK_BASED_YEAR) + "W" + date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
	}

}
