package dev.milvusbackup.jobs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.testing.real.RequiresReal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The units before the judge that systemd ships.
 */
@RequiresReal("systemd")
class SystemdUnitsIT {

	@TempDir
	Path directory;

	@Test
	void systemdFindsNothingWrongWithThem() throws Exception {
		install();
		assertThat(verify()).isEmpty();
	}

	@Test
	void aMistakeWouldBeNoticed() throws Exception {
		install();
		Path unit = this.directory.resolve("units/milvus-backup@.service");
		Files.writeString(unit, Files.readString(unit).replace("RestartSec=", "RestartSecs="));
		assertThat(verify()).contains("RestartSecs");
	}

	@Test
	void theTimesMeanWhatTheySay() throws Exception {
		for (String timer : JobFiles.in("systemd").stream().filter((name) -> name.endsWith(".timer")).toList()) {
			String calendar = JobFiles.text(timer).replaceAll("(?s).*OnCalendar=([^\\n]*).*", "$1");
			assertThat(run(List.of("systemd-analyze", "calendar", calendar))).contains("Next elapse");
		}
	}

	/**
	 * The program has to exist where a unit says, so the units are moved to where it
	 * does.
	 */
	private void install() throws IOException {
		new JobHost(this.directory);
		Path units = Files.createDirectories(this.directory.resolve("units"));
		for (String name : JobFiles.in("systemd")) {
			String text = JobFiles.text(name).replace("/opt/milvus-backup/bin", this.directory + "/opt/bin");
			Files.writeString(units.resolve(Path.of(name).getFileName()), text);
		}
	}

	private String verify() throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("systemd-analyze", "verify", "--man=no"));
		JobFiles.in("systemd")
			.stream()
			.map((name) -> Path.of(name).getFileName().toString().replace("@.", "@nightly."))
			.forEach((unit) -> command.add(this.directory.resolve("units").resolve(unit).toString()));
		return run(command);
	}

	private String run(List<String> command) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		builder.environment().put("SYSTEMD_UNIT_PATH", this.directory.resolve("units") + ":");
		Process process = builder.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
		// of other units of this machine
		return String.join("\n",
				output.lines().filter((line) -> line.contains("milvus") || line.contains("Next")).toList());
	}

}
