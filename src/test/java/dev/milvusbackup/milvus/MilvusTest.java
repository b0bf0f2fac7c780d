package dev.milvusbackup.milvus;

import java.time.Duration;

import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A simulated server and connections to it.
 */
abstract class MilvusTest {

	static final CallLimits LIMITS = new CallLimits(Duration.ofSeconds(5), Duration.ofMillis(300),
			Duration.ofSeconds(3), Duration.ofSeconds(2));

	final MemoryObjectStore store = new MemoryObjectStore();

	FakeMilvus server = FakeMilvus.start("2.3.5", this.store, ObjectPrefix.of("files"));

	private Milvus milvus;

	/** The connection, made when first asked for. */
	Milvus milvus() {
		if (this.milvus == null) {
			this.milvus = new DefaultMilvusConnector(LIMITS).connect(this.server.properties());
		}
		return this.milvus;
	}

	/** Goes on with another server. */
	FakeMilvus serverOf(String version) {
		close();
		this.server = FakeMilvus.start(version, this.store, ObjectPrefix.of("files"));
		return this.server;
	}

	@AfterEach
	void close() {
		if (this.milvus != null) {
			this.milvus.close();
			this.milvus = null;
		}
		this.server.close();
	}

	static AbstractThrowableAssert<?, ?> assertFails(Kind kind, ThrowingCallable call) {
		return assertThatThrownBy(call).isInstanceOfSatisfying(MilvusException.class,
				(ex) -> assertThat(ex.kind()).as(ex.getMessage()).isEqualTo(kind));
	}

}
