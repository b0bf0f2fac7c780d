package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServerCommandTest {

	private final CommandLineHarness cli;

	ServerCommandTest(@TempDir Path directory) throws IOException {
		this.cli = new CommandLineHarness(directory);
	}

	@ParameterizedTest
	@ValueSource(strings = { "-p=abc", "--port=65536", "-p=-1" })
	void whatIsNoPortIsRefusedBeforeAnythingIsOpened(String option) {
		assertThat(this.cli.run("server", option)).isEqualTo(2);
		assertThat(this.cli.err()).contains("unable to use port");
		assertThat(this.cli.runs().wasOpened()).isFalse();
	}

	@Test
	void keysThatContradictEachOtherAreRefused() {
		assertThat(this.cli.run("server", "--set", "batch.server.auth.user=u")).isEqualTo(2);
		assertThat(this.cli.err()).contains("user and password belong together");
		assertThat(this.cli.runs().wasOpened()).isFalse();
	}

	@Test
	void aCertificateThatCannotBeReadIsRefused() {
		assertThat(this.cli.run("server", "-p", "0", "--set", "batch.server.tls.certPath=no.pem", "--set",
				"batch.server.tls.keyPath=no.key"))
			.isEqualTo(2);
		assertThat(this.cli.err()).contains("unable to start the server", "no.pem");
		assertThat(this.cli.runs().isClosed()).isTrue();
	}

	@Test
	void anOpenServerWarns() {
		this.cli.run("server", "-p", "0", "--set", "batch.server.tls.certPath=no.pem", "--set",
				"batch.server.tls.keyPath=no.key");
		assertThat(this.cli.err()).contains("WARNING: the server lets everybody in");
	}

}
