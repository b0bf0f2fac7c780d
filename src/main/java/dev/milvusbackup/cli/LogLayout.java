package dev.milvusbackup.cli;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.milvusbackup.launch.RunLog;

/**
 * Lines for people, which name their run with {@code %run}.
 */
final class LogLayout extends PatternLayout {

	LogLayout(String pattern) {
		getInstanceConverterMap().put("run", Mark::new);
		setPattern(pattern);
	}

	/**
	 * {@code [run 12 nightly]}, nothing outside of runs.
	 */
	private static final class Mark extends ClassicConverter {

		@Override
		public String convert(ILoggingEvent event) {
			Object run = RunLog.marks().get("run");
			Object backup = RunLog.marks().get("backup");
			if (backup == null) {
				return "";
			}
			return "[" + ((run != null) ? "run " + run + " " : "") + backup + "] ";
		}

	}

}
