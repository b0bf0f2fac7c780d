package dev.milvusbackup.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time of the processes that this one started and that have ended. On a busy
 * machine it says more about a program than the time on the clock.
 */
final class ChildProcessorTime {

	private static final Path STAT = Path.of("/proc/self/stat");

	/** Linux tells this time in hundredths of a second on every platform that matters. */
	private static final double TICKS = 100;

	private static final int USER = 13;

	private static final int SYSTEM = 14;

	private ChildProcessorTime() {
	}

	/**
	 * Seconds since this process began; always 0 on systems other than Linux.
	 */
	static double seconds() throws IOException {
		if (!Files.exists(STAT)) {
			return 0;
		}
		String line = Files.readString(STAT);
		// the name of the program, in brackets, may hold anything
		String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ");
		return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS;
	}

}
