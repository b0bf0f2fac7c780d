package dev.milvusbackup.storage;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Makes the streams that {@link ObjectStore#list} returns.
 */
public final class Listing {

	private Listing() {
	}

	/**
	 * A sequential stream that takes one entry at a time. Its {@link Stream#iterator()
	 * iterator} can be asked again after an entry failed.
	 */
	public static Stream<ObjectStat> stream(Iterator<ObjectStat> entries, Runnable close) {
		return StreamSupport
			.stream(Spliterators.spliteratorUnknownSize(entries, Spliterator.NONNULL | Spliterator.DISTINCT), false)
			.onClose(close);
	}

}
