package dev.milvusbackup.cli;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.milvusbackup.launch.RunLog;

/**
 * One JSON object a line, for log collectors: flat, and with the run. Logback's own
 * encoder adds the arguments of each message once more, and nests the rest.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {

	@Override
	public byte[] encode(ILoggingEvent event) {
		Map<String, Object> line = new LinkedHashMap<>();
		line.put("time", event.getInstant());
		line.put("level", event.getLevel());
		line.put("thread", event.getThreadName());
		line.put("logger", event.getLoggerName());
		line.putAll(RunLog.marks());
		line.put("message", event.getFormattedMessage());
		if (event.getThrowableProxy() != null) {
			line.put("error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
		}
		return (JsonObject.write(line) + "\n").getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public byte[] headerBytes() {
		return new byte[0];
	}

	@Override
	public byte[] footerBytes() {
		return new byte[0];
	}

}
