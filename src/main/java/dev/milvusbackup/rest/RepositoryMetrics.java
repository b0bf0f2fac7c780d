package dev.milvusbackup.rest;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunLookUp;
import dev.milvusbackup.launch.RunPhase;
import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.RunKind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures what the job repository knows, runs of other processes included: looks there
 * every few seconds, so that being scraped costs nothing. Thread-safe.
 */
final class RepositoryMetrics implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(RepositoryMetrics.class);

	private static final Duration TICK = Duration.ofSeconds(10);

	private static final int NEWEST = 100;

	private static final int MOST_SCHEDULES = 100;

	/** What a schedule appends to the name of a backup: a date or a number. */
	private static final Pattern DATE = Pattern.compile("_*\\d[\\d_]{3,}$");

	private final RunLookUp lookUp;

	private final MultiGauge runs;

	private final MultiGauge running;

	private final MultiGauge lastGood;

	private final MultiGauge age;

	private final ScheduledExecutorService ticks;

	RepositoryMetrics(RunLookUp lookUp, MeterRegistry registry) {
		this.lookUp = lookUp;
		this.runs = MultiGauge.builder("milvus.backup.runs")
			.description("Runs among the newest " + NEWEST + ", by where they stand")
			.register(registry);
		this.running = MultiGauge.builder("milvus.backup.running")
			.description("How far the runs are that are running: segments, objects, bytes; done and planned")
			.register(registry);
		this.lastGood = MultiGauge.builder("milvus.backup.last.success.timestamp")
			.baseUnit("seconds")
			.description("When the last complete backup of a schedule ended, by the name without its date")
			.register(registry);
		this.age = MultiGauge.builder("milvus.backup.last.success.age")
			.baseUnit("seconds")
			.description("Age of the last complete backup of a schedule, by the name without its date")
			.register(registry);
		this.ticks = Executors.newSingleThreadScheduledExecutor(new ServerThreads("metrics-"));
		this.ticks.scheduleWithFixedDelay(this::refresh, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
	}

	void refresh() {
		try {
			List<RunDetail> newest = this.lookUp.recent(NEWEST);
			this.runs.register(counts(newest), true);
			this.running.register(progress(newest), true);
			Map<String, Instant> good = lastGood(this.lookUp.completeBackups());
			Instant now = Instant.now();
			this.lastGood.register(rows(good, (at) -> at.toEpochMilli() / 1e3), true);
			this.age.register(rows(good, (at) -> Duration.between(at, now).toMillis() / 1e3), true);
		}
		catch (RuntimeException ex) {
			// the next time may go well; what is shown until then is old
			logger.warn("unable to measure the runs: {}", ex.getMessage());
		}
	}

	private static List<Row<?>> counts(List<RunDetail> newest) {
		Map<RunKind, Map<RunPhase, Integer>> counts = new EnumMap<>(RunKind.class);
		for (RunKind kind : RunKind.values()) {
			Map<RunPhase, Integer> phases = new EnumMap<>(RunPhase.class);
			for (RunPhase phase : RunPhase.values()) {
				phases.put(phase, 0);
			}
			counts.put(kind, phases);
		}
		newest.forEach((run) -> counts.get(run.run().identity().kind()).merge(run.phase(), 1, Integer::sum));
		return counts.entrySet()
			.stream()
			.flatMap((kind) -> kind.getValue()
				.entrySet()
				.stream()
				.<Row<?>>map((phase) -> Row.of(Tags.of("kind", lower(kind.getKey()), "phase", lower(phase.getKey())),
						phase.getValue())))
			.toList();
	}

	private static List<Row<?>> progress(List<RunDetail> newest) {
		long[] sums = new long[6];
		newest.stream()
			.filter((run) -> run.phase() == RunPhase.RUNNING)
			.map(RunDetail::progress)
			.forEach((run) -> add(sums, run));
		return List.of(row("segments", "planned", sums[0]), row("segments", "done", sums[1]),
				row("objects", "planned", sums[2]), row("objects", "done", sums[3]), row("bytes", "planned", sums[4]),
				row("bytes", "done", sums[5]));
	}

	private static void add(long[] sums, CopyProgress run) {
		long[] more = { run.segments(), run.segmentsDone(), run.objects(), run.objectsDone(), run.bytes(),
				run.bytesDone() };
		for (int index = 0; index < sums.length; index++) {
			sums[index] += more[index];
		}
	}

	private static Row<?> row(String unit, String state, long value) {
		return Row.of(Tags.of("unit", unit, "state", state), value);
	}

	/**
	 * Of all that is known: a schedule whose backups fail has to stay in sight, however
	 * many other runs there were since. Where there are too many, names without a date go
	 * first, as nobody waits for another backup of that name.
	 */
	private static Map<String, Instant> lastGood(Map<String, Instant> complete) {
		Map<String, Instant> dated = new HashMap<>();
		Map<String, Instant> single = new HashMap<>();
		complete.forEach((backup, ended) -> {
			String schedule = schedule(backup);
			(schedule.equals(backup) ? single : dated).merge(schedule, ended,
					(one, other) -> one.isAfter(other) ? one : other);
		});
		Map<String, Instant> good = new LinkedHashMap<>();
		Stream.of(dated, single)
			.flatMap(
					(some) -> some.entrySet().stream().sorted(Map.Entry.<String, Instant>comparingByValue().reversed()))
			.limit(MOST_SCHEDULES)
			.forEach((entry) -> good.merge(entry.getKey(), entry.getValue(),
					(one, other) -> one.isAfter(other) ? one : other));
		return good;
	}

	/** {@code nightly_20260131} belongs to {@code nightly}. */
	static String schedule(String backup) {
		String name = DATE.matcher(backup).replaceFirst("");
		return name.isEmpty() ? backup : name;
	}

	private static List<Row<?>> rows(Map<String, Instant> good, ToDoubleFunction<Instant> value) {
		return good.entrySet()
			.stream()
			.<Row<?>>map((entry) -> Row.of(Tags.of("schedule", entry.getKey()), value.applyAsDouble(entry.getValue())))
			.toList();
	}

	private static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	@Override
	public void close() {
		this.ticks.shutdownNow();
	}

}
