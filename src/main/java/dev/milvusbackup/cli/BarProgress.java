package dev.milvusbackup.cli;

import java.io.PrintStream;
import java.time.Duration;

import dev.milvusbackup.launch.RunProgress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Progress on a terminal: a bar a step, with bytes, objects, rate and time left.
 */
final class BarProgress implements Progress {

	private static final long MEBIBYTE = 1024L * 1024L;

	private final PrintStream out;

	private @Nullable ProgressBar bar;

	private String step = "";

	BarProgress(PrintStream out) {
		this.out = out;
	}

	@Override
	public void progress(RunProgress progress) {
		ProgressBar current = this.bar;
		if (current == null || !progress.step().equals(this.step)) {
			close();
			this.step = progress.step();
			current = open(progress);
			this.bar = current;
		}
		current.maxHint((progress.totalBytes() == 0) ? -1 : progress.totalBytes());
		current.stepTo(progress.bytes());
		current.setExtraMessage(progress.objects() + "/"
				+ ((progress.objects() > 0 && progress.totalObjects() == 0) ? "?" : progress.totalObjects())
				+ " objects");
	}

	// bytes that an earlier execution copied must not count for the rate
	private ProgressBar open(RunProgress progress) {
		return new ProgressBarBuilder().setTaskName(progress.step())
			.setStyle(ProgressBarStyle.ASCII)
			.setUnit(" MiB", MEBIBYTE)
			.startsFrom(progress.bytes(), Duration.ZERO)
			.setInitialMax((progress.totalBytes() == 0) ? -1 : progress.totalBytes())
			.showSpeed()
			.setConsumer(new ConsoleProgressBarConsumer(this.out))
			.build();
	}

	@Override
	public void close() {
		if (this.bar != null) {
			this.bar.close();
			this.bar = null;
		}
	}

}
