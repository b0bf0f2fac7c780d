package dev.milvusbackup.storage;

import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ListingIndexTest {

	private final ListingIndex index = new ListingIndex();

	@Test
	void whatWasListedIsFoundWithItsSizeAndTag() {
		this.index.addAll(Stream.of(stat("a", 1, "x"), stat("b", 0, null)));
		assertThat(contains("a", 1, "x")).isTrue();
		assertThat(contains("a", 2, "x")).isFalse();
		assertThat(contains("a", 1, "y")).isFalse();
		assertThat(contains("c", 1, "x")).isFalse();
		assertThat(this.index.size()).isEqualTo(2);
	}

	@Test
	void aTagThatOneSideDoesNotKnowIsNotCompared() {
		this.index.addAll(Stream.of(stat("a", 1, "x"), stat("b", 0, null)));
		assertThat(contains("a", 1, null)).isTrue();
		assertThat(contains("b", 0, "z")).isTrue();
	}

	@Test
	void manyObjectsAreAllFoundAndNoOthers() {
		int count = 50_000;
		this.index.addAll(IntStream.range(0, count).mapToObj((i) -> stat("files/insert_log/" + i, i, "e" + i)));
		assertThat(this.index.size()).isEqualTo(count);
		assertThat(IntStream.range(0, count)).allMatch((i) -> contains("files/insert_log/" + i, i, "e" + i));
		assertThat(IntStream.range(count, 2 * count)).noneMatch((i) -> contains("files/insert_log/" + i, i, null));
	}

	@Test
	void anObjectListedTwiceCountsOnceAsItWasLast() {
		this.index.addAll(Stream.of(stat("a", 1, "x"), stat("a", 2, "y")));
		assertThat(this.index.size()).isOne();
		assertThat(contains("a", 2, "y")).isTrue();
	}

	@Test
	void aListingThatBreaksOffIsClosedAndFails() {
		boolean[] closed = new boolean[1];
		Stream<ObjectStat> listing = Stream.of(stat("a", 1, "x")).peek((object) -> {
			throw new IllegalStateException("cut");
		}).onClose(() -> closed[0] = true);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.index.addAll(listing));
		assertThat(closed[0]).isTrue();
	}

	private boolean contains(String key, long bytes, String etag) {
		return this.index.contains(new ObjectKey(key), bytes, etag);
	}

	private static ObjectStat stat(String key, long bytes, String etag) {
		return new ObjectStat(new ObjectKey(key), bytes, etag);
	}

}
