package dev.milvusbackup.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

import dev.milvusbackup.launch.RunProgress;

/**
 * Progress where there is no terminal: a line every few seconds and at each new step.
 */
final class LineProgress implements Progress {

	private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

	private static final double NANOS = 1e9;

	private static final double MEBIBYTE = 1024 * 1024;

	private final PrintStream out;

	private final LongSupplier nanoTime;

	private String step = "";

	private long stepStarted;

	private long stepBytes;

	private long printed;

	/**
	 * @param nanoTime as {@link System#nanoTime()}
	 */
	LineProgress(PrintStream out, LongSupplier nanoTime) {
		this.out = out;
		this.nanoTime = nanoTime;
	}

	@Override
	public void progress(RunProgress progress) {
		long now = this.nanoTime.getAsLong();
		boolean newStep = !progress.step().equals(this.step);
		if (newStep) {
			this.step = progress.step();
			this.stepStarted = now;
			this.stepBytes = progress.bytes();
		}
		if (newStep || now - this.printed >= INTERVAL) {
			this.printed = now;
			this.out.println(line(progress, (now - this.stepStarted) / NANOS));
		}
	}

	private String line(RunProgress progress, double seconds) {
		if (progress.totalObjects() == 0) {
			return progress.step();
		}
		double rate = (seconds > 0) ? (progress.bytes() - this.stepBytes) / seconds : 0;
		String line = String.format(Locale.ROOT, "%s: %d/%d objects, %.1f/%.1f MiB", progress.step(),
				progress.objects(), progress.totalObjects(), progress.bytes() / MEBIBYTE,
				progress.totalBytes() / MEBIBYTE);
		if (rate <= 0) {
			return line;
		}
		long left = Math.round((progress.totalBytes() - progress.bytes()) / rate);
		return line + String.format(Locale.ROOT, ", %.1f MiB/s, %d:%02d left", rate / MEBIBYTE, left / 60, left % 60);
	}

	@Override
	public void close() {
		this.out.flush();
	}

}
