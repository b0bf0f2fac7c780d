package dev.milvusbackup.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * The log until the settings are known, and of verbs that keep none: warnings on stderr.
 */
public final class QuietLog extends ContextAwareBase implements Configurator {

	@Override
	public ExecutionStatus configure(LoggerContext context) {
		context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
		PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
		context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).addAppender(LogSetup.console(context, err, false));
		return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
	}

}
