package dev.milvusbackup.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import dev.milvusbackup.config.LogSettings;
import org.slf4j.LoggerFactory;

/**
 * Turns the log settings into a running log: a file, and stderr. By code, because reading
 * an XML file costs every start some tenths of a second.
 */
final class LogSetup {

	/** Talk too much below this level. */
	private static final List<String> LIBRARIES = List.of("org", "com", "io", "reactor");

	private static final String FILE_PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{20} - %run%msg%n%ex";

	/** Stack traces are for the file. */
	private static final String CONSOLE_PATTERN = "%d{HH:mm:ss} %-5level %run%msg%n%nopex";

	private LogSetup() {
	}

	/**
	 * Replaces what was set up before. A file that cannot be written is told on stderr.
	 * @param quiet whether only warnings and errors go to stderr
	 */
	static void apply(LogSettings settings, PrintStream err, boolean quiet) {
		LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
		context.reset();
		Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		root.setLevel(level(settings.level()));
		LIBRARIES.forEach((name) -> context.getLogger(name).setLevel(Level.WARN));
		if (settings.console()) {
			OutputStreamAppender<ILoggingEvent> console = console(context, err, settings.json());
			console.addFilter(threshold(quiet ? Level.WARN : Level.TRACE));
			root.addAppender(console);
		}
		Path file = settings.file();
		if (file == null) {
			return;
		}
		try {
			Files.createDirectories(file.toAbsolutePath().getParent());
			root.addAppender(file(context, settings, file));
		}
		catch (IOException ex) {
			err.println("WARNING: unable to write log file '" + file + "': " + ex);
		}
	}

	static OutputStreamAppender<ILoggingEvent> console(LoggerContext context, PrintStream err, boolean json) {
		OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
		appender.setName("console");
		appender.setContext(context);
		appender.setEncoder(encoder(context, CONSOLE_PATTERN, json));
		appender.setOutputStream(new UnclosedStream(err));
		appender.start();
		return appender;
	}

	private static RollingFileAppender<ILoggingEvent> file(LoggerContext context, LogSettings settings, Path file)
			throws IOException {
		if (Files.exists(file) ? !Files.isWritable(file) : !Files.isWritable(file.toAbsolutePath().getParent())) {
			throw new AccessDeniedException(file.toString());
		}
		RollingFileAppender<ILoggingEvent> appender = new RollingFileAppender<>();
		appender.setName("file");
		appender.setContext(context);
		appender.setFile(file.toString());
		appender.setEncoder(encoder(context, FILE_PATTERN, settings.json()));
		LogRotation policy = new LogRotation(file, settings);
		policy.setContext(context);
		policy.start();
		appender.setRollingPolicy(policy);
		appender.start();
		return appender;
	}

	private static Encoder<ILoggingEvent> encoder(LoggerContext context, String pattern, boolean json) {
		EncoderBase<ILoggingEvent> encoder;
		if (json) {
			encoder = new JsonLines();
		}
		else {
			LogLayout layout = new LogLayout(pattern);
			layout.setContext(context);
			layout.start();
			LayoutWrappingEncoder<ILoggingEvent> lines = new LayoutWrappingEncoder<>();
			lines.setLayout(layout);
			encoder = lines;
		}
		encoder.setContext(context);
		encoder.start();
		return encoder;
	}

	private static ThresholdFilter threshold(Level level) {
		ThresholdFilter filter = new ThresholdFilter();
		filter.setLevel(level.toString());
		filter.start();
		return filter;
	}

	private static Level level(String level) {
		return switch (level) {
			case "panic", "fatal" -> Level.ERROR;
			default -> Level.toLevel(level);
		};
	}

}
