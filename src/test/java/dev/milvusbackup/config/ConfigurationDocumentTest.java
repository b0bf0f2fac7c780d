package dev.milvusbackup.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.milvusbackup.config.ConfigKey.OldName;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the table in src/docs/configuration.md equal to the table of keys. To write it
 * anew:
 * {@code mvn test -Dtest=ConfigurationDocumentTest -Dtest.jvm.args=-Ddocs.update=true}.
 */
class ConfigurationDocumentTest {

	private static final Path DOCUMENT = Path.of("src/docs/configuration.md");

	private static final String BEGIN = "<!-- keys: written by ConfigurationDocumentTest -->\n";

	private static final String END = "<!-- end of keys -->";

	@Test
	void theDocumentHasEveryKeyAsItIs() throws IOException {
		String document = Files.readString(DOCUMENT);
		String current = document.substring(0, document.indexOf(BEGIN) + BEGIN.length()) + table()
				+ document.substring(document.indexOf(END));
		if (Boolean.getBoolean("docs.update")) {
			Files.writeString(DOCUMENT, current);
		}
		assertThat(Files.readString(DOCUMENT)).isEqualTo(current);
	}

	private static String table() {
		String head = "| Key (v2) | Default | Environment | Keys of v1 | Meaning |\n|---|---|---|---|---|\n";
		return ConfigKeys.all()
			.stream()
			.map(ConfigurationDocumentTest::row)
			.collect(Collectors.joining("\n", head, "\n"));
	}

	private static String row(ConfigKey key) {
		String defaultValue = (key.inherits() != null) ? "as `" + key.inherits() + "`" : code(key.defaultValue());
		return Stream
			.of(code(key.name()), defaultValue, codes(environment(key)),
					codes(key.oldNames().stream().map(OldName::name).toList()), key.doc())
			.collect(Collectors.joining(" | ", "| ", " |"));
	}

	private static List<String> environment(ConfigKey key) {
		Stream<String> old = key.oldNames().stream().flatMap((name) -> Stream.ofNullable(name.environment()));
		return Stream.concat(key.environment().stream(), old.map((name) -> name + " (v1)")).toList();
	}

	private static String codes(List<String> values) {
		return values.stream()
			.map((value) -> value.endsWith(" (v1)") ? code(value.replace(" (v1)", "")) + " (v1)" : code(value))
			.collect(Collectors.joining(", "));
	}

	private static String code(String value) {
		return value.isEmpty() ? "" : "`" + value + "`";
	}

}
