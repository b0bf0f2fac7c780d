package dev.milvusbackup.retention;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.manifest.BackupEntry.State;
import dev.milvusbackup.manifest.DatedBackup;
import dev.milvusbackup.model.BackupName;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetentionPolicyTest {

	private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");

	private static final Duration GRACE = Duration.ofDays(7);

	private final List<Candidate> candidates = new ArrayList<>();

	@Test
	void theNewestStayAndTheOthersGo() {
		nightly(5);
		assertThat(kept(policy(2, 0, 0, 0))).containsExactly("n0", "n1");
	}

	@Test
	void ofEachDayWeekAndMonthTheNewestStays() {
		add("evening", "2026-11-26T20:00:00Z");
		add("morning", "2026-11-26T02:00:00Z");
		add("tuesday", "2026-11-24T02:00:00Z");
		add("week_before", "2026-11-20T02:00:00Z");
		add("october", "2026-10-31T02:00:00Z");
		add("september", "2026-09-30T02:00:00Z");
		add("august", "2026-08-30T02:00:00Z");
		assertThat(kept(policy(0, 2, 0, 0))).containsExactly("evening", "tuesday");
		assertThat(kept(policy(0, 0, 2, 0))).containsExactly("evening", "week_before");
		assertThat(kept(policy(0, 0, 0, 3))).containsExactly("evening", "october", "september");
		assertThat(kept(policy(0, 2, 2, 2))).containsExactly("evening", "tuesday", "week_before", "october");
	}

	@Test
	void theFirstDaysOfAYearBelongToTheirIsoWeek() {
		add("friday", "2027-01-01T02:00:00Z");
		add("thursday", "2026-12-31T02:00:00Z");
		add("week_before", "2026-12-25T02:00:00Z");
		assertThat(kept(policy(0, 0, 2, 0))).containsExactly("friday", "week_before");
	}

	@Test
	void anAgeIsCountedFromTheNewestBackup() {
		add("a", "2026-06-10T00:00:00Z");
		add("b", "2026-06-08T00:00:00Z");
		add("c", "2026-06-07T23:59:59Z");
		assertThat(kept(new RetentionPolicy(0, 0, 0, 0, Duration.ofDays(2), GRACE))).containsExactly("a", "b");
	}

	@Test
	void aBackupFromTheFutureDoesNotMakeTheOthersOld() {
		add("wrong_clock", "2030-01-01T00:00:00Z");
		add("yesterday", "2026-11-26T00:00:00Z");
		assertThat(kept(new RetentionPolicy(0, 0, 0, 0, Duration.ofDays(2), GRACE))).containsExactly("wrong_clock",
				"yesterday");
	}

	@Test
	void theNewestGoodOneStaysWhateverTheRulesSay() {
		this.candidates.add(new Candidate(dated("partial", State.COMPLETE, NOW.minusSeconds(60), false),
				"some collections are missing", ""));
		add("good", "2026-11-20T02:00:00Z");
		add("older", "2026-11-19T02:00:00Z");
		assertThat(verdict("good", policy(1, 0, 0, 0)).reasons()).containsExactly("newest good");
		assertThat(kept(policy(1, 0, 0, 0))).containsExactly("partial", "good");
	}

	@Test
	void oneInUseStays() {
		add("new", "2026-11-26T02:00:00Z");
		this.candidates.add(new Candidate(dated("old", State.COMPLETE, Instant.EPOCH, false), "", "restored by pid 1"));
		this.candidates.add(new Candidate(dated("half", State.INCOMPLETE, Instant.EPOCH, true), "", "in use by pid 2"));
		assertThat(kept(policy(1, 0, 0, 0))).containsExactlyInAnyOrder("new", "old", "half");
		assertThat(verdict("old", policy(1, 0, 0, 0)).reasons()).containsExactly("restored by pid 1");
	}

	@Test
	void anUnfinishedOneGoesAfterItsGraceTimeAndCountsForNoRule() {
		unfinished("fresh", NOW.minus(GRACE), false);
		unfinished("stale", NOW.minus(GRACE).minusMillis(1), false);
		add("good", "2026-11-01T02:00:00Z");
		add("older", "2026-10-31T02:00:00Z");
		assertThat(kept(policy(1, 0, 0, 0))).containsExactly("fresh", "good");
	}

	@Test
	void aDeletionThatWasBegunIsFinishedAtOnce() {
		unfinished("half", NOW.minusSeconds(1), true);
		assertThat(kept(policy(9, 9, 9, 9))).isEmpty();
	}

	@Test
	void aDamagedOneIsLeftToAPerson() {
		this.candidates.add(new Candidate(dated("torn", State.DAMAGED, Instant.EPOCH, false), "", ""));
		assertThat(kept(policy(1, 0, 0, 0))).containsExactly("torn");
	}

	@Test
	void aPolicyWithoutARuleSaysSo() {
		assertThat(policy(0, 0, 0, 0).hasRule()).isFalse();
		assertThat(policy(0, 0, 1, 0).hasRule()).isTrue();
		assertThat(new RetentionPolicy(0, 0, 0, 0, GRACE, GRACE).hasRule()).isTrue();
	}

	@Property(tries = 500)
	void theNewestStaysAndNoMoreStayThanTheRulesAskFor(
			@ForAll @Size(min = 1, max = 40) List<@IntRange(max = 2000) Integer> hours,
			@ForAll @IntRange(max = 4) int last, @ForAll @IntRange(max = 4) int daily,
			@ForAll @IntRange(max = 4) int weekly, @ForAll @IntRange(max = 4) int monthly) {
		List<Candidate> all = IntStream.range(0, hours.size())
			.mapToObj((i) -> new Candidate(
					dated("b" + i, State.COMPLETE, NOW.minus(Duration.ofHours(hours.get(i))), false), "", ""))
			.toList();
		List<Verdict> verdicts = policy(last, daily, weekly, monthly).decide(all, NOW);
		assertThat(verdicts).hasSameSizeAs(all);
		assertThat(verdicts.get(0).expires()).isFalse();
		long kept = verdicts.stream().filter((verdict) -> !verdict.expires()).count();
		assertThat(kept).isBetween(Math.min(all.size(), Math.max(1L, last)), 1L + last + daily + weekly + monthly);
	}

	private static RetentionPolicy policy(int last, int daily, int weekly, int monthly) {
		return new RetentionPolicy(last, daily, weekly, monthly, Duration.ZERO, GRACE);
	}

	private void nightly(int count) {
		for (int i = 0; i < count; i++) {
			add("n" + i, NOW.minus(Duration.ofDays(i)).toString());
		}
	}

	private void add(String name, String time) {
		this.candidates.add(new Candidate(dated(name, State.COMPLETE, Instant.parse(time), false), "", ""));
	}

	private void unfinished(String name, Instant time, boolean deleting) {
		this.candidates.add(new Candidate(dated(name, State.INCOMPLETE, time, deleting), "", ""));
	}

	private static DatedBackup dated(String name, State state, Instant time, boolean deleting) {
		return new DatedBackup(new BackupEntry(new BackupName(name), state, "", 0, ""), time, deleting);
	}

	private List<String> kept(RetentionPolicy policy) {
		return policy.decide(this.candidates, NOW)
			.stream()
			.filter((verdict) -> !verdict.expires())
			.map((verdict) -> verdict.backup().entry().name().value())
			.toList();
	}

	private Verdict verdict(String name, RetentionPolicy policy) {
		return policy.decide(this.candidates, NOW)
			.stream()
			.filter((verdict) -> verdict.backup().entry().name().value().equals(name))
			.findFirst()
			.orElseThrow();
	}

}
