package dev.milvusbackup.bench;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The figures of one scenario.
 *
 * @param bare seconds of the bare loop, before each run of the program
 */
record Report(Scenario scenario, List<ProgramRun> runs, List<Double> bare) {

	/**
	 * Ends with a line feed.
	 */
	String text() {
		double seconds = median(ProgramRun::seconds);
		double loop = median(this.bare);
		double megabytes = this.scenario.bytes() / 1e6;
		return String.format(Locale.ROOT, """

				== %s: %,d objects, %,.1f MB, %d collections, %d ms added to a request
				program   %.2f s (aim: %s), %.2f s of processors, %,.0f objects/s, %,.1f MB/s
				bare loop %.2f s, ratio %.2f, difference %.2f s
				heap      %d MiB at most, of %s
				requests  %s
				rounds    program %s, bare loop %s; load average %.1f
				""", this.scenario.name(), this.scenario.objects(), megabytes, this.scenario.collections().size(),
				this.scenario.latency().toMillis(), seconds, this.scenario.limit(),
				median(ProgramRun::processorSeconds), this.scenario.objects() / seconds, megabytes / seconds, loop,
				seconds / loop, seconds - loop, peakHeap(), ProgramRun.HEAP, this.runs.get(0).requests(),
				rounded(this.runs.stream().map(ProgramRun::seconds).toList()), rounded(this.bare),
				ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
	}

	private long peakHeap() {
		return this.runs.stream().mapToLong(ProgramRun::peakHeapMiB).max().orElseThrow();
	}

	private double median(ToDoubleFunction<ProgramRun> value) {
		return median(this.runs.stream().map(value::applyAsDouble).toList());
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().toList().get(values.size() / 2);
	}

	private static List<String> rounded(List<Double> values) {
		return values.stream().map((value) -> String.format(Locale.ROOT, "%.2f", value)).toList();
	}

}
