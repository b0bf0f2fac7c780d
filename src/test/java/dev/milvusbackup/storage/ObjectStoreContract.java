package dev.milvusbackup.storage;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What every store does, whatever it is made of. Subclasses may be shared servers: all
 * keys are below a store that {@link #createStore} makes empty.
 */
public abstract class ObjectStoreContract {

	private ObjectStore store;

	private ObjectStore other;

	/**
	 * A new, empty store; every call gives another one of the same backend.
	 */
	protected abstract ObjectStore createStore() throws Exception;

	@BeforeEach
	void openStores() throws Exception {
		this.store = createStore();
		this.other = createStore();
	}

	@AfterEach
	void closeStores() {
		this.store.close();
		this.other.close();
	}

	protected final ObjectStore store() {
		return this.store;
	}

	protected final ObjectStore other() {
		return this.other;
	}

	@Test
	void readsWhatWasWritten() throws IOException {
		byte[] content = random(300_000);
		ObjectStat written = write("a/b/c", content);
		assertThat(written.key()).isEqualTo(new ObjectKey("a/b/c"));
		assertThat(written.bytes()).isEqualTo(300_000);
		assertThat(read("a/b/c")).isEqualTo(content);
	}

	@Test
	void keepsAnEmptyObject() throws IOException {
		write("empty", new byte[0]);
		assertThat(read("empty")).isEmpty();
		assertThat(this.store.stat(new ObjectKey("empty"))).hasValueSatisfying((stat) -> {
			assertThat(stat.bytes()).isZero();
		});
		assertThat(list("")).containsExactly("empty");
	}

	@Test
	void knowsWhenAnythingBelowAPrefixWasLastWritten() {
		assertThat(this.store.lastModified(ObjectPrefix.of("a"), (key) -> true)).isEmpty();
		Instant before = Instant.now().minusSeconds(60);
		write("a/b/c", random(10));
		write("a/ü 1", random(10));
		assertThat(this.store.lastModified(ObjectPrefix.of("a"), (key) -> key.name().equals("ü 1")))
			.hasValueSatisfying((time) -> assertThat(time).isBetween(before, Instant.now().plusSeconds(60)));
		assertThat(this.store.lastModified(ObjectPrefix.of("a"), (key) -> key.name().equals("d"))).isEmpty();
		assertThat(this.store.lastModified(ObjectPrefix.of("b"), (key) -> true)).isEmpty();
	}

	@Test
	void writeReplacesTheObject() throws IOException {
		write("a", random(100_000));
		write("a", text("short"));
		assertThat(read("a")).isEqualTo(text("short"));
		assertThat(list("")).containsExactly("a");
	}

	@Test
	void listsAtAnyDepthAndOnlyBelowThePrefix() {
		write("b1/x", text("1"));
		write("b1/y/z/deep", text("22"));
		write("b10/x", text("333"));
		write("b", text("4444"));
		assertThat(list("b1/")).containsExactlyInAnyOrder("b1/x", "b1/y/z/deep");
		assertThat(list("")).containsExactlyInAnyOrder("b1/x", "b1/y/z/deep", "b10/x", "b");
		assertThat(list("nothing/")).isEmpty();
		assertThat(list("b1/x/")).isEmpty();
	}

	@Test
	void listTellsSizeAndTheSameTagAsStat() {
		write("d/a", random(1234));
		ObjectStat listed;
		try (Stream<ObjectStat> listing = this.store.list(ObjectPrefix.of("d"))) {
			listed = listing.findFirst().orElseThrow();
		}
		assertThat(listed.bytes()).isEqualTo(1234);
		assertThat(this.store.stat(listed.key())).contains(listed);
	}

	@Test
	void listsMoreThanOnePage() {
		int count = 2500;
		inParallel(count, (i) -> write(String.format("many/%02d/%05d", i % 7, i), text("x")));
		List<String> keys = list("many/");
		assertThat(keys).hasSize(count).doesNotHaveDuplicates();
	}

	@Test
	void directoriesAreSortedNames() {
		write("r/b/x", text("1"));
		write("r/a/y/z", text("1"));
		write("r/file", text("1"));
		write("r2/c/x", text("1"));
		assertThat(this.store.directories(ObjectPrefix.of("r"))).containsExactly("a", "b");
		assertThat(this.store.directories(ObjectPrefix.ROOT)).containsExactly("r", "r2");
		assertThat(this.store.directories(ObjectPrefix.of("nothing"))).isEmpty();
		assertThat(this.store.directories(ObjectPrefix.of("r/file"))).isEmpty();
	}

	@Test
	void statOfWhatIsNoObjectIsEmpty() {
		write("dir/x", text("1"));
		assertThat(this.store.stat(new ObjectKey("nothing"))).isEmpty();
		assertThat(this.store.stat(new ObjectKey("dir"))).isEmpty();
		assertThat(this.store.stat(new ObjectKey("dir/x/y"))).isEmpty();
	}

	@Test
	void readOfAMissingObjectNamesKeyAndStore() {
		assertThatExceptionOfType(ObjectNotFoundException.class)
			.isThrownBy(() -> this.store.read(new ObjectKey("no/x")))
			.withMessageContaining("no/x")
			.withMessageContaining(this.store.address().container());
	}

	@Test
	void readOfADirectoryFindsNothing() {
		write("dir/x", text("1"));
		assertThatExceptionOfType(ObjectNotFoundException.class)
			.isThrownBy(() -> this.store.read(new ObjectKey("dir")));
	}

	@Test
	void readsOnlyTheObjectOfTheStat() throws IOException {
		write("a", text("first"));
		ObjectStat stat = this.store.stat(new ObjectKey("a")).orElseThrow();
		try (InputStream in = this.store.read(stat)) {
			assertThat(in.readAllBytes()).isEqualTo(text("first"));
		}
		if (stat.etag() != null) {
			write("a", text("other"));
			assertThatExceptionOfType(ObjectChangedException.class).isThrownBy(() -> this.store.read(stat))
				.withMessageContaining("a'");
		}
	}

	@Test
	void copiesWithinTheStore() throws IOException {
		byte[] content = random(100_000);
		ObjectStat copy = this.store.copy(this.store, write("a/x", content), new ObjectKey("b/y/z"));
		assertThat(copy.key()).isEqualTo(new ObjectKey("b/y/z"));
		assertThat(copy.bytes()).isEqualTo(100_000);
		assertThat(read("b/y/z")).isEqualTo(content);
		assertThat(read("a/x")).isEqualTo(content);
	}

	@Test
	void copiesFromAnotherStoreOfTheBackend() throws IOException {
		byte[] content = random(70_000);
		ObjectStat stat = write("a/x", content);
		this.other.copy(this.store, stat, new ObjectKey("a/x"));
		this.other.copy(this.store, write("a/empty", new byte[0]), new ObjectKey("empty"));
		try (InputStream in = this.other.read(new ObjectKey("a/x"))) {
			assertThat(in.readAllBytes()).isEqualTo(content);
		}
		assertThat(this.other.stat(new ObjectKey("empty"))).isPresent();
	}

	@Test
	void copyWithoutATagIsUnconditional() throws IOException {
		write("a", text("now"));
		this.store.copy(this.store, new ObjectStat(new ObjectKey("a"), 3, null), new ObjectKey("b"));
		assertThat(read("b")).isEqualTo(text("now"));
	}

	@Test
	void copyOfAMissingObjectFails() {
		ObjectStat gone = write("a", text("x"));
		this.store.delete(List.of(gone.key()));
		assertThatExceptionOfType(ObjectNotFoundException.class)
			.isThrownBy(() -> this.other.copy(this.store, gone, new ObjectKey("b")))
			.withMessageContaining("a");
		assertThat(this.other.stat(new ObjectKey("b"))).isEmpty();
	}

	@Test
	void copyOfAChangedObjectFails() {
		ObjectStat old = write("a", text("x"));
		write("a", text("longer"));
		assertThatExceptionOfType(ObjectChangedException.class)
			.isThrownBy(() -> this.other.copy(this.store, old, new ObjectKey("b")));
		assertThat(this.other.stat(new ObjectKey("b"))).isEmpty();
	}

	@Test
	void deletesManyAndIgnoresWhatIsNotThere() {
		inParallel(1100, (i) -> write("d/" + i, text("x")));
		write("e/keep", text("x"));
		List<ObjectKey> keys = new ArrayList<>(
				IntStream.range(0, 1200).mapToObj((i) -> new ObjectKey("d/" + i)).toList());
		this.store.delete(keys);
		assertThat(list("")).containsExactly("e/keep");
		assertThat(this.store.directories(ObjectPrefix.ROOT)).containsExactly("e");
		this.store.delete(List.of());
	}

	@Test
	void keysMayHoldUnusualCharacters() throws IOException {
		List<String> keys = List.of("a b/c+d", "a%20b", "q?x=1&y#z", "sp,e;c:i@l/$!'()*~", "quote\"<xml>&amp;");
		for (String key : keys) {
			write(key, text(key));
			assertThat(read(key)).isEqualTo(text(key));
			this.other.copy(this.store, this.store.stat(new ObjectKey(key)).orElseThrow(), new ObjectKey(key));
		}
		assertThat(list("")).containsExactlyInAnyOrderElementsOf(keys);
		this.store.delete(keys.stream().map(ObjectKey::new).toList());
		assertThat(list("")).isEmpty();
	}

	@Test
	void contentShorterThanAnnouncedLeavesNothing() {
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> this.store.write(new ObjectKey("a"), content(10, random(9))));
		assertThat(list("")).isEmpty();
	}

	@Test
	void contentLongerThanAnnouncedLeavesNothing() {
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> this.store.write(new ObjectKey("a"), content(200_000, random(200_001))));
		assertThat(list("")).isEmpty();
	}

	@Test
	void contentThatCannotBeReadIsTransientAndLeavesTheOldObject() throws IOException {
		write("a", text("old"));
		assertThatExceptionOfType(StorageException.class)
			.isThrownBy(() -> this.store.write(new ObjectKey("a"), new BrokenContent(200_000)))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(StorageException.Kind.TRANSIENT));
		assertThat(read("a")).isEqualTo(text("old"));
		assertThat(list("")).containsExactly("a");
	}

	@Test
	void storageFailureWhileContentIsReadComesThrough() {
		ObjectChangedException failure = new ObjectChangedException("the source has changed", null);
		assertThatExceptionOfType(ObjectChangedException.class)
			.isThrownBy(() -> this.store.write(new ObjectKey("a"), new FailingContent(failure)))
			.isSameAs(failure);
		assertThat(list("")).isEmpty();
	}

	@Test
	void writersOfOneKeyDoNotMix() throws IOException {
		inParallel(24, (i) -> write("same/key", filled(50_000, i)));
		byte[] content = read("same/key");
		assertThat(content).hasSize(50_000).containsOnly(content[0]);
		assertThat(list("")).containsExactly("same/key");
	}

	protected final ObjectStat write(String key, byte[] content) {
		return this.store.write(new ObjectKey(key), ObjectContent.of(content));
	}

	protected final byte[] read(String key) throws IOException {
		try (InputStream in = this.store.read(new ObjectKey(key))) {
			return in.readAllBytes();
		}
	}

	protected final List<String> list(String prefix) {
		try (Stream<ObjectStat> listing = this.store.list(new ObjectPrefix(prefix))) {
			return listing.map((stat) -> stat.key().value()).toList();
		}
	}

	protected static byte[] text(String value) {
		return value.getBytes(StandardCharsets.UTF_8);
	}

	protected static byte[] random(int bytes) {
		byte[] content = new byte[bytes];
		new Random(bytes).nextBytes(content);
		return content;
	}

	private static byte[] filled(int bytes, int value) {
		byte[] content = new byte[bytes];
		Arrays.fill(content, (byte) value);
		return content;
	}

	private static ObjectContent content(long announced, byte[] real) {
		return new ObjectContent() {
			@Override
			public long bytes() {
				return announced;
			}

			@Override
			public InputStream open() {
				return new ByteArrayInputStream(real);
			}
		};
	}

	private static void inParallel(int count, IntConsumer action) {
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Future<?>> running = new ArrayList<>();
			for (int i = 0; i < count; i++) {
				int number = i;
				running.add(threads.submit(() -> action.accept(number)));
			}
			for (Future<?> one : running) {
				one.get();
			}
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
		finally {
			threads.shutdownNow();
		}
	}

	/**
	 * Breaks in the middle of the stream.
	 */
	private record BrokenContent(long bytes) implements ObjectContent {

		@Override
		public InputStream open() {
			return new InputStream() {
				private long left = BrokenContent.this.bytes / 2;

				@Override
				public int read() throws IOException {
					if (this.left-- <= 0) {
						throw new IOException("connection reset");
					}
					return 'x';
				}
			};
		}

	}

	/**
	 * Fails as a wrapped store's stream does.
	 */
	private record FailingContent(StorageException failure) implements ObjectContent {

		@Override
		public long bytes() {
			return 100_000;
		}

		@Override
		public InputStream open() {
			return new InputStream() {
				private int left = 70_000;

				@Override
				public int read() {
					if (this.left-- <= 0) {
						throw FailingContent.this.failure;
					}
					return 'x';
				}
			};
		}

	}

}
