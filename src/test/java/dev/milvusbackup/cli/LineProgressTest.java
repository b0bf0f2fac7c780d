package dev.milvusbackup.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import dev.milvusbackup.launch.RunProgress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LineProgressTest {

	private static final long MEBIBYTE = 1024L * 1024L;

	private final ByteArrayOutputStream out = new ByteArrayOutputStream();

	private final AtomicLong now = new AtomicLong();

	private final LineProgress progress = new LineProgress(new PrintStream(this.out, true, StandardCharsets.UTF_8),
			this.now::get);

	@Test
	void aLineAtEachStepAndEveryFiveSeconds() {
		at(0, new RunProgress("readMetadata", 0, 0, 0, 0));
		at(1, copied(100, 10));
		at(2, copied(120, 20));
		at(6, copied(150, 30));
		assertThat(lines()).containsExactly("readMetadata", "copySegments: 10/60 objects, 100.0/800.0 MiB",
				"copySegments: 30/60 objects, 150.0/800.0 MiB, 10.0 MiB/s, 1:05 left");
	}

	@Test
	void whatWasCopiedEarlierDoesNotCountForTheRate() {
		at(0, copied(400, 40));
		at(10, copied(410, 41));
		assertThat(lines()).last().asString().contains("1.0 MiB/s");
	}

	private static RunProgress copied(long mebibytes, long objects) {
		return new RunProgress("copySegments", mebibytes * MEBIBYTE, 800 * MEBIBYTE, objects, 60);
	}

	private void at(long seconds, RunProgress state) {
		this.now.set(Duration.ofSeconds(seconds).toNanos());
		this.progress.progress(state);
	}

	private List<String> lines() {
		return this.out.toString(StandardCharsets.UTF_8).lines().toList();
	}

}
