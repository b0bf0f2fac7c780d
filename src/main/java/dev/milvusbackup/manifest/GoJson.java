package dev.milvusbackup.manifest;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON text as Go's {@code encoding/json} writes it: compact, UTF-8, with {@code < > &}
 * and U+2028/9 escaped.
 */
final class GoJson {

	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.characterEscapes(new HtmlEscapes())
			.rootValueSeparator("")
			.disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
			.build())
		.disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private GoJson() {
	}

	static JsonGenerator generator(OutputStream out) {
		return MAPPER.createGenerator(out);
	}

	static JsonGenerator generator(Writer out) {
		return MAPPER.createGenerator(out);
	}

	/** As Go's {@code MarshalIndent} with four blanks. */
	static JsonGenerator indented(Writer out) {
		DefaultIndenter indenter = new DefaultIndenter("    ", "\n");
		Separators separators = Separators.createDefaultInstance()
			.withObjectNameValueSpacing(Separators.Spacing.AFTER)
			.withObjectEmptySeparator("")
			.withArrayEmptySeparator("");
		DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
		printer.indentArraysWith(indenter);
		printer.indentObjectsWith(indenter);
		return MAPPER.writer().with(printer).createGenerator(out);
	}

	static JsonParser parser(InputStream in) {
		return MAPPER.createParser(in);
	}

	static JsonParser parser(String text) {
		return MAPPER.createParser(text);
	}

	/** The value at the parser's current token; leaves the parser at its end. */
	static JsonNode tree(JsonParser parser) {
		return MAPPER.readTree(parser);
	}

	static ObjectNode newObject() {
		return MAPPER.createObjectNode();
	}

	private static final class HtmlEscapes extends CharacterEscapes {

		private static final long serialVersionUID = 1;

		private static final char LINE_SEPARATOR = '\u2028';

		private static final char PARAGRAPH_SEPARATOR = '\u2029';

		private final int[] ascii = standardAsciiEscapesForJSON();

		HtmlEscapes() {
			this.ascii['<'] = ESCAPE_STANDARD;
			this.ascii['>'] = ESCAPE_STANDARD;
			this.ascii['&'] = ESCAPE_STANDARD;
		}

		@Override
		public int[] getEscapeCodesForAscii() {
			return this.ascii;
		}

		@Override
		public @Nullable SerializableString getEscapeSequence(int character) {
			return switch (character) {
				case LINE_SEPARATOR -> new SerializedString("\\u2028");
				case PARAGRAPH_SEPARATOR -> new SerializedString("\\u2029");
				default -> null;
			};
		}

	}

}
