package dev.milvusbackup.testing.milvus;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.CollectionName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SimulatorTest {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(strings = { "2.2.0", "2.3.5", "2.4.4", "2.5.7", "2.6.11", "3.0" })
	void everyVersionHoldsTheSamplesThatItCan(String version) throws Exception {
		try (FakeMilvus server = Simulator.start("--version", version, "--port", "0", "--management-port", "0",
				"--root", this.directory.toString(), "--samples");
				Milvus milvus = new DefaultMilvusConnector().connect(server.properties())) {
			assertThat(milvus.catalog().version()).startsWith("v" + version);
			assertThat(milvus.catalog().collections("default")).contains(CollectionName.parse("books"));
			FakeCollection books = server.find("books");
			assertThat(books.rows()).isEqualTo(1900 - 5);
			try (Stream<Path> files = Files.walk(this.directory.resolve("insert_log/" + books.id()))) {
				assertThat(files.filter(Files::isRegularFile)).isNotEmpty();
			}
			HttpResponse<String> content = HttpClient.newHttpClient()
				.send(HttpRequest.newBuilder(URI.create(server.management().endpoint() + "/simulated/collections"))
					.build(), HttpResponse.BodyHandlers.ofString());
			assertThat(content.body()).contains("\"default.books\"", "\"rows\" : ");
		}
	}

	@Test
	void whatItDoesNotKnowIsSaid() {
		assertThatThrownBy(() -> Simulator.start("--version", "2.6.11", "--colour", "blue"))
			.isInstanceOf(IllegalArgumentException.class)
			.hasMessageContaining("--colour");
	}

}
