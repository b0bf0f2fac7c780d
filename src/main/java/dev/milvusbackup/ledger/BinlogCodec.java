package dev.milvusbackup.ledger;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Objects of a segment as one short text: {@code [[kind,field,log,bytes,etag],...]},
 * where the kind is 0 for an insert log and 1 for a delta log, and the entity tag is
 * missing when there is none. Thread-safe.
 */
final class BinlogCodec {

	private final JsonFactory json = new JsonFactory();

	String encode(List<Binlog> binlogs) {
		StringWriter text = new StringWriter(64 * binlogs.size() + 2);
		try (JsonGenerator generator = this.json.createGenerator(ObjectWriteContext.empty(), text)) {
			generator.writeStartArray();
			for (Binlog binlog : binlogs) {
				write(generator, binlog);
			}
			generator.writeEndArray();
		}
		return text.toString();
	}

	private static void write(JsonGenerator generator, Binlog binlog) {
		generator.writeStartArray();
		generator.writeNumber((binlog.kind() == BinlogKind.INSERT) ? 0 : 1);
		generator.writeNumber(binlog.fieldId());
		generator.writeNumber(binlog.logId());
		generator.writeNumber(binlog.bytes());
		if (binlog.etag() != null) {
			generator.writeString(binlog.etag());
		}
		generator.writeEndArray();
	}

	/**
	 * Reads what {@link #encode} wrote.
	 */
	List<Binlog> decode(String text) {
		List<Binlog> binlogs = new ArrayList<>();
		try (JsonParser parser = this.json.createParser(ObjectReadContext.empty(), text)) {
			parser.nextToken();
			while (parser.nextToken() == JsonToken.START_ARRAY) {
				binlogs.add(read(parser));
			}
		}
		return binlogs;
	}

	private static Binlog read(JsonParser parser) {
		BinlogKind kind = (number(parser) == 0) ? BinlogKind.INSERT : BinlogKind.DELTA;
		long fieldId = number(parser);
		long logId = number(parser);
		long bytes = number(parser);
		return new Binlog(kind, fieldId, logId, bytes, etag(parser));
	}

	private static long number(JsonParser parser) {
		parser.nextToken();
		return parser.getLongValue();
	}

	private static @Nullable String etag(JsonParser parser) {
		if (parser.nextToken() == JsonToken.END_ARRAY) {
			return null;
		}
		String etag = parser.getString();
		parser.nextToken();
		return etag;
	}

}
