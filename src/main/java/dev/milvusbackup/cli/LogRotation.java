package dev.milvusbackup.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.rolling.RollingPolicy;
import ch.qos.logback.core.rolling.RolloverFailure;
import ch.qos.logback.core.rolling.TriggeringPolicy;
import ch.qos.logback.core.rolling.helper.CompressionMode;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.milvusbackup.config.LogSettings;

/**
 * Moves a log file aside when it has its size, and deletes old ones by number and age, as
 * the Go tool does. Logback's own policies limit the number of files only together with
 * an index in their names, or by their size.
 */
final class LogRotation extends ContextAwareBase implements RollingPolicy, TriggeringPolicy<ILoggingEvent> {

	private static final long MIB = 1024L * 1024L;

	/** In UTC, so that the order of the names is that of the files. */
	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS")
		.withZone(ZoneOffset.UTC);

	private static final int TIME_LENGTH = 23;

	private final Path file;

	private final LogSettings settings;

	private boolean started;

	LogRotation(Path file, LogSettings settings) {
		this.file = file.toAbsolutePath();
		this.settings = settings;
	}

	@Override
	public boolean isTriggeringEvent(File active, ILoggingEvent event) {
		return active.length() >= this.settings.maxSizeMiB() * MIB;
	}

	@Override
	public void rollover() {
		try {
			Files.move(this.file, free(Instant.now()));
			deleteOld(Instant.now());
		}
		catch (IOException ex) {
			throw new RolloverFailure("unable to rotate '" + this.file + "': " + ex, ex);
		}
	}

	/** A name that no other process has taken in the same millisecond. */
	private Path free(Instant now) {
		Path rotated = this.file.resolveSibling(this.file.getFileName() + "." + TIME.format(now));
		return Files.exists(rotated) ? free(now.plusMillis(1)) : rotated;
	}

	private void deleteOld(Instant now) throws IOException {
		List<Path> newestFirst = rotated();
		int kept = (this.settings.maxFiles() > 0) ? this.settings.maxFiles() : Integer.MAX_VALUE;
		String oldest = (this.settings.maxDays() > 0) ? TIME.format(now.minus(Duration.ofDays(this.settings.maxDays())))
				: "";
		for (int index = 0; index < newestFirst.size(); index++) {
			Path candidate = newestFirst.get(index);
			if (index >= kept || time(candidate).compareTo(oldest) < 0) {
				// another process may have been quicker
				Files.deleteIfExists(candidate);
			}
		}
	}

	private List<Path> rotated() throws IOException {
		Pattern name = Pattern.compile(
				Pattern.quote(this.file.getFileName() + ".") + "\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}");
		try (Stream<Path> files = Files.list(this.file.getParent())) {
			return files.filter((found) -> name.matcher(found.getFileName().toString()).matches())
				.sorted(Comparator.reverseOrder())
				.toList();
		}
	}

	private static String time(Path rotated) {
		String name = rotated.getFileName().toString();
		return name.substring(name.length() - TIME_LENGTH);
	}

	@Override
	public String getActiveFileName() {
		return this.file.toString();
	}

	@Override
	public CompressionMode getCompressionMode() {
		return CompressionMode.NONE;
	}

	@Override
	public void setParent(FileAppender<?> appender) {
		// the file is known already
	}

	@Override
	public void start() {
		this.started = true;
	}

	@Override
	public void stop() {
		this.started = false;
	}

	@Override
	public boolean isStarted() {
		return this.started;
	}

}
