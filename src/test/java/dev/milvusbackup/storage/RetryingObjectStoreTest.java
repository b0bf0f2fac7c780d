package dev.milvusbackup.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.FaultyObjectStore;
import dev.milvusbackup.testing.MemoryObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RetryingObjectStoreTest {

	private static final ObjectKey KEY = new ObjectKey("a/b");

	private final MemoryObjectStore memory = new MemoryObjectStore();

	private final FaultyObjectStore faulty = new FaultyObjectStore(this.memory);

	private final ObjectStore store = new RetryingObjectStore(this.faulty,
			new Retries(new RetryPolicy(4, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1))));

	@BeforeEach
	void putAnObject() {
		this.memory.put("a/b", "content");
	}

	@Test
	void everyCallIsRepeated() throws IOException {
		for (Operation operation : Operation.values()) {
			this.faulty.on(operation).times(2).fail();
		}
		ObjectStat stat = this.store.stat(KEY).orElseThrow();
		assertThat(this.store.directories(ObjectPrefix.ROOT)).containsExactly("a");
		try (InputStream in = this.store.read(KEY)) {
			assertThat(in.readAllBytes()).asString(StandardCharsets.UTF_8).isEqualTo("content");
		}
		this.store.write(new ObjectKey("c"), ObjectContent.of(new byte[1]));
		this.store.copy(this.store, stat, new ObjectKey("d"));
		try (Stream<ObjectStat> listing = this.store.list(ObjectPrefix.ROOT)) {
			assertThat(listing.map((entry) -> entry.key().value())).containsExactlyInAnyOrder("a/b", "c", "d");
		}
		this.store.delete(List.of(KEY));
		assertThat(this.memory.keys()).containsExactly("c", "d");
		assertThat(List.of(Operation.values()))
			.allSatisfy((operation) -> assertThat(this.faulty.calls(operation)).isGreaterThanOrEqualTo(3));
	}

	@Test
	void givesUpInTheEnd() {
		this.faulty.on(Operation.STAT).fail();
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> this.store.stat(KEY))
			.withMessageContaining("gave up after 4 attempts");
		assertThat(this.faulty.calls(Operation.STAT)).isEqualTo(4);
	}

	@Test
	void aListingGoesOnWhereItFailed() {
		IntStream.range(0, 100).forEach((i) -> this.memory.put("many/" + i, "x"));
		this.faulty.on(Operation.LIST_ENTRY).nth(50).times(3).fail();
		try (Stream<ObjectStat> listing = this.store.list(ObjectPrefix.of("many"))) {
			assertThat(listing.map(ObjectStat::key)).hasSize(100).doesNotHaveDuplicates();
		}
		assertThat(this.faulty.calls(Operation.LIST)).isEqualTo(1);
		assertThat(this.faulty.calls(Operation.LIST_ENTRY)).isEqualTo(103);
	}

	@Test
	void aCutStreamIsNotHidden() throws IOException {
		this.faulty.on(Operation.READ).cutAfter(3);
		try (InputStream in = this.store.read(KEY)) {
			assertThatExceptionOfType(IOException.class).isThrownBy(in::readAllBytes);
		}
	}

	@Test
	void deletesBatchByBatch() {
		this.faulty.on(Operation.DELETE).nth(2).fail();
		this.store.delete(IntStream.range(0, 2500).mapToObj((i) -> new ObjectKey("k" + i)).toList());
		assertThat(this.faulty.calls(Operation.DELETE)).isEqualTo(4);
	}

	@Test
	void isTheStoreItWraps() {
		assertThat(this.store.address()).isEqualTo(this.memory.address());
		assertThat(this.store).hasToString(this.memory.toString());
	}

}
