package dev.milvusbackup.cli;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import dev.milvusbackup.launch.RunProgress;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BarProgressTest {

	@Test
	void showsStepBytesAndObjects() {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		try (BarProgress progress = new BarProgress(new PrintStream(out, true, StandardCharsets.UTF_8))) {
			progress.progress(new RunProgress("readMetadata", 0, 0, 0, 0));
			progress.progress(new RunProgress("copySegments", 1 << 20, 4 << 20, 1, 3));
			progress.progress(new RunProgress("copySegments", 4 << 20, 4 << 20, 3, 3));
		}
		assertThat(out.toString(StandardCharsets.UTF_8)).contains("readMetadata", "copySegments", "100%", "4/4 MiB",
				"3/3 objects");
	}

}
