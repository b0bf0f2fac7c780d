package dev.milvusbackup.cli;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
	 * {@code [run 12 nightly odate 20260131 request 5d7c]}, as much of it as is known;
	 * nothing outside of commands.
	 */
	private static final class Mark extends ClassicConverter {

		@Override
		public String convert(ILoggingEvent event) {
			Map<String, Object> marks = RunLog.marks();
			String text = Stream
				.of(mark(marks, "run ", "run"), mark(marks, "", "backup"), mark(marks, "odate ", "odate"),
						mark(marks, "request ", "request"))
				.filter((part) -> !part.isEmpty())
				.collect(Collectors.joining(" "));
			return text.isEmpty() ? "" : "[" + text + "] ";
		}

		private static String mark(Map<String, Object> marks, String title, String name) {
			Object value = marks.get(name);
			return (value != null) ? title + value : "";
		}

	}

}
