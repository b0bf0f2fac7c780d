package dev.milvusbackup.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.launch.RunsFactory;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process with the exit code of the work, also when a signal asks it to end: an
 * open run is stopped first, so that the exit code tells how that went and not just that
 * there was a signal.
 */
final class GracefulExit {

	private static final long SECONDS_TO_REPORT = 60;

	private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();

	private final AtomicReference<@Nullable Runs> open = new AtomicReference<>();

	/** Remembers what has to be stopped. */
	RunsFactory watch(RunsFactory factory) {
		return (settings) -> {
			Runs runs = factory.open(settings);
			this.open.set(runs);
			return runs;
		};
	}

	/** Does the work and ends the process; does not return. */
	void exitAfter(IntSupplier work) {
		Thread hook = new Thread(this::stop, "stop-on-signal");
		Runtime.getRuntime().addShutdownHook(hook);
		int code = work.getAsInt();
		try {
			Runtime.getRuntime().removeShutdownHook(hook);
		}
		catch (IllegalStateException ex) {
			// the process is ending already: the hook takes the code
			this.exitCode.complete(code);
		}
		System.exit(code);
	}

	private void stop() {
		Runs runs = this.open.get();
		if (runs == null) {
			Runtime.getRuntime().halt(ExitCode.STOPPED.code());
			return;
		}
		runs.close();
		Runtime.getRuntime().halt(reportedCode());
	}

	private int reportedCode() {
		try {
			return this.exitCode.get(SECONDS_TO_REPORT, TimeUnit.SECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			return ExitCode.FAILED.code();
		}
	}

}
