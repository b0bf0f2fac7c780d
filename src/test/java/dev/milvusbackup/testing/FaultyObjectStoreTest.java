package dev.milvusbackup.testing;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.testing.Fault.Operation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class FaultyObjectStoreTest {

	private static final ObjectKey A = new ObjectKey("a");

	private final MemoryObjectStore memory = new MemoryObjectStore();

	private final FaultyObjectStore store = new FaultyObjectStore(this.memory);

	@BeforeEach
	void putObjects() {
		this.memory.put("a", "12345");
		this.memory.put("b", "12345");
	}

	@Test
	void onlyTheNthCallFails() {
		this.store.on(Operation.STAT).nth(2).fail();
		assertThat(this.store.stat(A)).isPresent();
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> this.store.stat(A))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StorageException.Kind.TRANSIENT));
		assertThat(this.store.stat(A)).isPresent();
		assertThat(this.store.calls(Operation.STAT)).isEqualTo(3);
	}

	@Test
	void onlyCallsOfTheKeyCount() {
		this.store.on(Operation.STAT).key("b").nth(1).fail(new IllegalStateException("scripted"));
		assertThat(this.store.stat(A)).isPresent();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.store.stat(new ObjectKey("b")));
	}

	@Test
	void anAnswerCanBeLostAfterTheDeed() {
		this.store.on(Operation.COPY).nth(1).after(() -> {
			throw FaultyObjectStore.unavailable();
		});
		ObjectStat stat = this.memory.stat(A).orElseThrow();
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> this.store.copy(this.store, stat, new ObjectKey("c")));
		assertThat(this.memory.keys()).contains("c");
	}

	@Test
	void aStreamIsCut() throws IOException {
		this.store.on(Operation.READ).nth(1).cutAfter(3);
		try (InputStream in = this.store.read(A)) {
			assertThat(in.readNBytes(3)).hasSize(3);
			assertThatExceptionOfType(IOException.class).isThrownBy(in::read);
		}
	}

	@Test
	void sizesAreLies() {
		this.store.on(Operation.STAT).size(7);
		this.store.on(Operation.LIST_ENTRY).key("b").size(8);
		assertThat(this.store.stat(A).orElseThrow().bytes()).isEqualTo(7);
		try (Stream<ObjectStat> listing = this.store.list(ObjectPrefix.ROOT)) {
			assertThat(listing.map(ObjectStat::bytes)).containsExactly(5L, 8L);
		}
		assertThat(this.store.stat(new ObjectKey("none"))).isEmpty();
	}

	@Test
	void aCallHangsUntilReleased() {
		Fault.Hang hang = this.store.on(Operation.STAT).times(1).hang();
		AtomicReference<Object> result = new AtomicReference<>();
		Thread caller = new Thread(() -> result.set(this.store.stat(A)));
		caller.start();
		Awaitility.await().until(hang::reached);
		assertThat(result.get()).isNull();
		hang.release();
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(result.get()).isNotNull());
	}

	@Test
	void somethingRunsBeforeTheCallAndHealingForgets() {
		List<String> seen = new ArrayList<>();
		this.store.on(Operation.DELETE).run(() -> seen.add("before"));
		this.store.delete(List.of(A));
		this.store.heal();
		this.store.delete(List.of(A));
		assertThat(seen).containsExactly("before");
		assertThat(this.store.calls(Operation.DELETE)).isEqualTo(1);
	}

}
