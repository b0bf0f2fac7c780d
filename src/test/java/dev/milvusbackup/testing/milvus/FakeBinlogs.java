package dev.milvusbackup.testing.milvus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;

/**
 * Binlogs that hold no rows but say how many they stand for, and whose. Damaged ones are
 * noticed when read.
 */
final class FakeBinlogs {

	private static final String MAGIC = "simulated binlog";

	/** Binlogs of one field of one segment: what is written at one flush. */
	private static final long ROWS_A_BINLOG = 1000;

	private final ObjectStore store;

	private final MilvusLayout layout;

	FakeBinlogs(ObjectStore store, MilvusLayout layout) {
		this.store = store;
		this.layout = layout;
	}

	ObjectStore store() {
		return this.store;
	}

	/**
	 * Writes all binlogs of the segment.
	 * @param fieldIds with the system fields
	 */
	void write(FakeSegment segment, Set<Long> fieldIds) {
		for (long field : fieldIds) {
			long log = segment.id() * 1000 + field;
			for (long row = 0; row < segment.rows(); row += ROWS_A_BINLOG) {
				long rows = Math.min(ROWS_A_BINLOG, segment.rows() - row);
				ObjectPrefix directory = directory(BinlogKind.INSERT, segment).directory(field);
				write(directory.key(Long.toString(log)), new Content(segment.origin(), field, rows, 0));
				log += 500;
			}
		}
		if (segment.deletes() > 0) {
			ObjectKey key = directory(BinlogKind.DELTA, segment).key(Long.toString(segment.id() * 1000 + 999));
			write(key, new Content(segment.origin(), 0, 0, segment.deletes()));
		}
	}

	List<ObjectStat> list(ObjectPrefix prefix) {
		try (var objects = this.store.list(prefix)) {
			return objects.toList();
		}
	}

	/**
	 * All objects of the segment.
	 */
	List<ObjectStat> objects(FakeSegment segment) {
		List<ObjectStat> objects = new ArrayList<>(list(directory(BinlogKind.INSERT, segment)));
		objects.addAll(list(directory(BinlogKind.DELTA, segment)));
		return objects;
	}

	void delete(FakeSegment segment) {
		this.store.delete(objects(segment).stream().map(ObjectStat::key).toList());
	}

	/**
	 * @throws IllegalStateException when the object is not a binlog as it was written
	 */
	Content read(ObjectKey key) {
		try (InputStream stream = this.store.read(key)) {
			byte[] bytes = stream.readAllBytes();
			String text = new String(bytes, StandardCharsets.ISO_8859_1);
			String[] words = text.substring(0, Math.max(0, text.indexOf('\n'))).split(" ");
			if (words.length == 6 && text.startsWith(MAGIC)) {
				Content content = new Content(Long.parseLong(words[2]), Long.parseLong(words[3]),
						Long.parseLong(words[4]), Long.parseLong(words[5]));
				if (Arrays.equals(bytes, content.bytes())) {
					return content;
				}
			}
			throw new IllegalStateException("failed to parse binlog '" + key + "'");
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to read '" + key + "'", ex);
		}
	}

	private void write(ObjectKey key, Content content) {
		this.store.write(key, ObjectContent.of(content.bytes()));
	}

	private ObjectPrefix directory(BinlogKind kind, FakeSegment segment) {
		return this.layout.logs(kind, segment.collectionId()).directory(segment.partitionId()).directory(segment.id());
	}

	/**
	 * What a binlog says of itself.
	 */
	record Content(long origin, long field, long rows, long deletes) {

		byte[] bytes() {
			byte[] head = (MAGIC + " " + this.origin + " " + this.field + " " + this.rows + " " + this.deletes + "\n")
				.getBytes(StandardCharsets.ISO_8859_1);
			byte[] filler = new byte[(int) (8 * (this.rows + this.deletes))];
			new Random(this.origin * 31 + this.field).nextBytes(filler);
			byte[] all = Arrays.copyOf(head, head.length + filler.length);
			System.arraycopy(filler, 0, all, head.length, filler.length);
			return all;
		}

	}

}
