package dev.milvusbackup.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.milvusbackup.compat.Feature.Support;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Every version with every feature, and the table in src/docs/compatibility.md that tells
 * of it. To write the table anew:
 * {@code mvn test -Dtest=CompatibilityTest -Dtest.jvm.args=-Ddocs.update=true}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompatibilityTest {

	private static final Path DOCUMENT = Path.of("src/docs/compatibility.md");

	private static final String BEGIN = "<!-- versions: written by CompatibilityTest -->\n";

	private static final String END = "<!-- end of versions -->";

	/** Most of a run is waiting for the pace that a server allows. */
	private static final int AT_ONCE = 3;

	private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE);

	private final Map<String, Future<Scenario>> scenarios = new HashMap<>();

	private final Queue<Scenario> opened = new ConcurrentLinkedQueue<>();

	private Program program;

	@BeforeAll
	void open(@TempDir Path directory) {
		this.program = new Program(directory);
		Feature.VERSIONS.forEach((version) -> this.scenarios.put(version, this.workers.submit(() -> open(version))));
	}

	private Scenario open(String version) {
		Scenario scenario = new Scenario(version, this.program);
		this.opened.add(scenario);
		return scenario;
	}

	@AfterAll
	void close() throws InterruptedException {
		this.workers.shutdown();
		this.workers.awaitTermination(10, TimeUnit.MINUTES);
		this.opened.forEach(Scenario::close);
		this.program.close();
	}

	/**
	 * What does not work yet is not reported as if it did; when it works one day, this
	 * test asks for the table to be corrected.
	 */
	@ParameterizedTest
	@MethodSource
	void theTableTellsTheTruth(String version, Feature feature) throws Exception {
		Scenario scenario = this.scenarios.get(version).get();
		if (feature.support(version) == Support.WORKS) {
			feature.check.accept(scenario);
		}
		else {
			assertThatThrownBy(() -> feature.check.accept(scenario)).isInstanceOf(AssertionError.class);
			assertThat(scenario.falselyReported()).isEmpty();
		}
	}

	static Stream<Arguments> theTableTellsTheTruth() {
		return Feature.VERSIONS.stream()
			.flatMap((version) -> Arrays.stream(Feature.values())
				.filter((feature) -> feature.support(version) != Support.NOT_IN_MILVUS)
				.map((feature) -> Arguments.arguments(version, feature)));
	}

	@Test
	void theDocumentHasTheTableAsItIs() throws IOException {
		String document = Files.readString(DOCUMENT);
		String current = document.substring(0, document.indexOf(BEGIN) + BEGIN.length()) + table()
				+ document.substring(document.indexOf(END));
		if (Boolean.getBoolean("docs.update")) {
			Files.writeString(DOCUMENT, current);
		}
		assertThat(Files.readString(DOCUMENT)).isEqualTo(current);
	}

	private static String table() {
		String head = "| | " + String.join(" | ", Feature.VERSIONS) + " |\n|---"
				+ "|---".repeat(Feature.VERSIONS.size()) + "|\n";
		return Arrays.stream(Feature.values())
			.map((feature) -> Feature.VERSIONS.stream()
				.map((version) -> feature.support(version).text)
				.collect(Collectors.joining(" | ", "| " + feature.title + " | ", " |")))
			.collect(Collectors.joining("\n", head, "\n"));
	}

}
