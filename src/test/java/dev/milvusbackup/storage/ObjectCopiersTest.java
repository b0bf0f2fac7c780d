package dev.milvusbackup.storage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import dev.milvusbackup.testing.Fault.Operation;
import dev.milvusbackup.testing.FaultyObjectStore;
import dev.milvusbackup.testing.MemoryObjectStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ObjectCopiersTest {

	private static final ObjectKey TARGET = new ObjectKey("t/x");

	private final MemoryObjectStore.Backend backend = new MemoryObjectStore.Backend();

	private final MemoryObjectStore sourceMemory = new MemoryObjectStore(this.backend, "source");

	private final MemoryObjectStore near = new MemoryObjectStore(this.backend, "near");

	private final MemoryObjectStore far = new MemoryObjectStore();

	private final FaultyObjectStore faultySource = new FaultyObjectStore(this.sourceMemory);

	private final ObjectStore source = retrying(this.faultySource);

	private final ObjectStat object = this.sourceMemory.put("s/x", "the content");

	@ParameterizedTest
	@EnumSource(names = { "AUTO", "DIRECT" })
	void oneBackendCopiesWithoutReading(TransferMode mode) {
		ObjectCopiers.between(this.source, this.near, mode).copy(this.object, TARGET);
		assertThat(this.near.bytes("t/x")).asString(StandardCharsets.UTF_8).isEqualTo("the content");
		assertThat(this.faultySource.calls(Operation.READ)).isZero();
	}

	@Test
	void streamingReadsAlsoOnOneBackend() {
		ObjectCopiers.between(this.source, this.near, TransferMode.STREAMING).copy(this.object, TARGET);
		assertThat(this.near.bytes("t/x")).asString(StandardCharsets.UTF_8).isEqualTo("the content");
		assertThat(this.faultySource.calls(Operation.READ)).isEqualTo(1);
	}

	@Test
	void differentBackendsAreStreamed() {
		ObjectStat copy = ObjectCopiers.between(this.source, this.far, TransferMode.AUTO).copy(this.object, TARGET);
		assertThat(copy).isEqualTo(this.far.stat(TARGET).orElseThrow());
		assertThat(copy.bytes()).isEqualTo(this.object.bytes());
	}

	@Test
	void directBetweenDifferentBackendsIsAnErrorOfConfiguration() {
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> ObjectCopiers.between(this.source, this.far, TransferMode.DIRECT))
			.withMessageContaining(this.far.address().toString())
			.satisfies((ex) -> {
				assertThat(ex.kind()).isEqualTo(StorageException.Kind.CONFIGURATION);
				assertThat(ex.hint()).contains("transfer.mode");
			});
	}

	@Test
	void anEmptyObjectIsStreamed() {
		ObjectStat empty = this.sourceMemory.put("s/empty", "");
		ObjectCopiers.between(this.source, this.far, TransferMode.AUTO).copy(empty, TARGET);
		assertThat(this.far.bytes("t/x")).isEmpty();
	}

	@Test
	void aCutStreamIsReadAgainFromTheStart() {
		this.faultySource.on(Operation.READ).times(2).cutAfter(4);
		ObjectCopiers.between(this.source, retrying(this.far), TransferMode.AUTO).copy(this.object, TARGET);
		assertThat(this.far.bytes("t/x")).asString(StandardCharsets.UTF_8).isEqualTo("the content");
		assertThat(this.faultySource.calls(Operation.READ)).isEqualTo(3);
	}

	@Test
	void anUnreachableSourceIsNotRetriedByBothStores() {
		this.faultySource.on(Operation.READ).fail();
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> ObjectCopiers.between(this.source, retrying(this.far), TransferMode.AUTO)
				.copy(this.object, TARGET));
		assertThat(this.faultySource.calls(Operation.READ)).isEqualTo(4);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 10, 12 })
	void anObjectOfAnotherSizeIsRefused(long listed) {
		ObjectStat other = new ObjectStat(this.object.key(), listed, null);
		assertThatExceptionOfType(ObjectChangedException.class)
			.isThrownBy(() -> ObjectCopiers.between(this.source, this.far, TransferMode.AUTO).copy(other, TARGET))
			.withMessageContaining("s/x");
		assertThat(this.far.keys()).isEmpty();
	}

	@Test
	void anObjectOfAnotherTagIsRefused() {
		this.sourceMemory.put("s/x", "THE CONTENT");
		assertThatExceptionOfType(ObjectChangedException.class).isThrownBy(
				() -> ObjectCopiers.between(this.source, this.far, TransferMode.AUTO).copy(this.object, TARGET));
		assertThat(this.far.keys()).isEmpty();
	}

	@Test
	void aTargetThatKeepsFewerBytesIsNotBelieved() {
		FaultyObjectStore lying = new FaultyObjectStore(this.far);
		lying.on(Operation.WRITE).size(3);
		assertThatExceptionOfType(ObjectChangedException.class)
			.isThrownBy(() -> ObjectCopiers.between(this.source, lying, TransferMode.AUTO).copy(this.object, TARGET));
	}

	@Test
	void aVanishedObjectIsNotFound() {
		this.sourceMemory.delete(List.of(this.object.key()));
		for (TransferMode mode : new TransferMode[] { TransferMode.DIRECT, TransferMode.STREAMING }) {
			assertThatExceptionOfType(ObjectNotFoundException.class)
				.isThrownBy(() -> ObjectCopiers.between(this.source, this.near, mode).copy(this.object, TARGET));
		}
	}

	private static ObjectStore retrying(ObjectStore store) {
		return new RetryingObjectStore(store,
				new Retries(new RetryPolicy(4, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(1))));
	}

}
