package dev.milvusbackup.bench;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The figures of one scenario.
 *
 * @param runs as the schedulers start the program
 * @param plain the same with Java's own settings
 * @param bare seconds of the bare loop, before each pair of runs
 */
record Report(Scenario scenario, List<ProgramRun> runs, List<ProgramRun> plain, List<Double> bare) {

	/**
	 * Ends with a line feed.
	 */
	String text() {
		double seconds = median(this.runs, ProgramRun::seconds);
		double loop = median(this.bare);
		double megabytes = this.scenario.bytes() / 1e6;
		return String.format(Locale.ROOT, """

				== %s: %,d objects, %,.1f MB, %d collections, %d ms added to a request
				program   %.2f s (aim: %s), %.2f s of processors, %,.0f objects/s, %,.1f MB/s
				java -jar %.2f s, %.2f s of processors
				bare loop %.2f s, ratio %.2f, difference %.2f s
				heap      %d MiB at most, of %s
				requests  %s
				rounds    program %s, java -jar %s, bare loop %s; load average %.1f
				""", this.scenario.name(), this.scenario.objects(), megabytes, this.scenario.collections().size(),
				this.scenario.latency().toMillis(), seconds, this.scenario.limit(),
				median(this.runs, ProgramRun::processorSeconds), this.scenario.objects() / seconds, megabytes / seconds,
				median(this.plain, ProgramRun::seconds), median(this.plain, ProgramRun::processorSeconds), loop,
				seconds / loop, seconds - loop, peakHeap(), Program.HEAP, this.runs.get(0).requests(),
				seconds(this.runs), seconds(this.plain), rounded(this.bare),
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
	}

	private long peakHeap() {
		return Stream.concat(this.runs.stream(), this.plain.stream())
			.mapToLong(ProgramRun::peakHeapMiB)
			.max()
			.orElseThrow();
	}

	private static double median(List<ProgramRun> runs, ToDoubleFunction<ProgramRun> value) {
		return median(runs.stream().map(value::applyAsDouble).toList());
	}

	private static List<String> seconds(List<ProgramRun> runs) {
		return rounded(runs.stream().map(ProgramRun::seconds).toList());
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().toList().get(values.size() / 2);
	}

	private static List<String> rounded(List<Double> values) {
		return values.stream().map((value) -> String.format(Locale.ROOT, "%.2f", value)).toList();
	}

}
