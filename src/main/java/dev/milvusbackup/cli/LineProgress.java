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
		if (progress.totalObjects() == 0 && progress.objects() == 0) {
			return progress.step();
		}
		double rate = (seconds > 0) ? (progress.bytes() - this.stepBytes) / seconds : 0;
		String line = String.format(Locale.ROOT, "%s: %d/%s objects, %.1f/%s MiB", progress.step(), progress.objects(),
				(progress.totalObjects() > 0) ? progress.totalObjects() : "?", progress.bytes() / MEBIBYTE,
				total(progress));
		if (rate <= 0 || progress.totalBytes() == 0) {
			return line;
		}
		long left = Math.round((progress.totalBytes() - progress.bytes()) / rate);
		return line + String.format(Locale.ROOT, ", %.1f MiB/s, %d:%02d left", rate / MEBIBYTE, left / 60, left % 60);
	}

	/** Where Milvus copies it tells them at the end. */
	private static String total(RunProgress progress) {
		boolean unknown = progress.totalBytes() == 0 && progress.objects() < progress.totalObjects();
		return (unknown || progress.totalObjects() == 0) ? "?"
				: String.format(Locale.ROOT, "%.1f", progress.totalBytes() / MEBIBYTE);
	}

	@Override
	public void close() {
		this.out.flush();
	}

}
