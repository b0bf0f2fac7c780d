package dev.milvusbackup.ledger;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.jspecify.annotations.Nullable;

/**
 * A table read page by page, each page beginning after the last row of the one before.
 * Holds one page in memory, and no connection between pages.
 */
final class Pages<T> extends AbstractSpliterator<T> {

	private final Function<@Nullable T, List<T>> next;

	private final Queue<T> page = new ArrayDeque<>();

	private @Nullable T last;

	private Pages(Function<@Nullable T, List<T>> next) {
		super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
		this.next = next;
	}

	/**
	 * @param next gives the page after a row, null for the first page; empty at the end
	 */
	static <T> Stream<T> stream(Function<@Nullable T, List<T>> next) {
		return StreamSupport.stream(new Pages<>(next), false);
	}

	@Override
	public boolean tryAdvance(Consumer<? super T> action) {
		if (this.page.isEmpty()) {
			this.page.addAll(this.next.apply(this.last));
		}
		T row = this.page.poll();
		if (row == null) {
			return false;
		}
		this.last = row;
		action.accept(row);
		return true;
	}

}
