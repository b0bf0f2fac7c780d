package dev.milvusbackup.manifest;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.testing.CollectionBuilder;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.SegmentBuilder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A backup of many segments is written and read without holding them: each one is written
 * before the next is asked for, and handed on before more of the file is read than a
 * buffer.
 */
class ManifestMemoryTest {

	private static final int SEGMENTS = 20_000;

	private static final int FIELDS = 10;

	private static final int BUFFER = 100_000;

	private final BackupLayout backup = new BackupLayout(ObjectPrefix.ROOT, new BackupName("b1"));

	private final MemoryObjectStore store = new MemoryObjectStore();

	private final ManifestStore manifests = new ManifestStore(counting(this.store));

	private long bytesRead;

	private int made;

	private int mostAhead;

	@Test
	void segmentsPassOneByOne() {
		write();
		assertThat(this.mostAhead).isEqualTo(1);

		long bytes = this.store.stat(this.backup.meta(MetaFile.FULL)).orElseThrow().bytes();
		assertThat(bytes).isGreaterThan(20_000_000);
		int[] read = { 0 };
		long[] mostReadAhead = { 0 };
		BackupManifest header = this.manifests.read(this.backup, (segment) -> {
			read[0]++;
			mostReadAhead[0] = Math.max(mostReadAhead[0], this.bytesRead - bytes / SEGMENTS * (read[0] + 1));
		});
		assertThat(read[0]).isEqualTo(SEGMENTS);
		assertThat(mostReadAhead[0]).isLessThan(BUFFER);
		assertThat(header.bytes()).isEqualTo((long) SEGMENTS * FIELDS);
		try (Stream<ObjectStat> objects = this.manifests.readObjects(this.backup).orElseThrow()) {
			assertThat(objects.mapToLong(ObjectStat::bytes).sum()).isEqualTo((long) SEGMENTS * FIELDS);
		}
	}

	private void write() {
		Collection collection = CollectionBuilder.collection(1, "c").partition(10, "_default").build();
		BackupManifest manifest = new BackupManifest("id", this.backup.name(), "v", List.of(),
				List.of(new CollectionBackup(collection, 0, Map.of())));
		this.manifests.write(this.backup, manifest, (collectionId, partitionId) -> segments(partitionId),
				(segment, binlog) -> {
					this.mostAhead = Math.max(this.mostAhead, this.made - (int) (segment.id() - firstId()));
					return "files/insert_log/1/10/" + segment.id() + "/" + binlog.fieldId() + "/" + binlog.logId();
				});
	}

	private Stream<Segment> segments(long partitionId) {
		this.made = 0;
		return IntStream.range(0, (partitionId == 10) ? SEGMENTS : 0).mapToObj(this::segment);
	}

	private Segment segment(int index) {
		this.made++;
		SegmentBuilder segment = SegmentBuilder.segment(firstId() + index);
		for (int field = 0; field < FIELDS; field++) {
			segment.insert(100 + field, firstId() + SEGMENTS + (long) index * FIELDS + field, 1);
		}
		return segment.build();
	}

	private static long firstId() {
		return 470652536143307000L;
	}

	/** The store with its streams counting. */
	private ObjectStore counting(MemoryObjectStore store) {
		return (ObjectStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { ObjectStore.class },
				(proxy, method, arguments) -> {
					Object result = method.invoke(store, arguments);
					return (result instanceof InputStream in) ? new CountingStream(in) : result;
				});
	}

	private final class CountingStream extends FilterInputStream {

		CountingStream(InputStream in) {
			super(in);
			ManifestMemoryTest.this.bytesRead = 0;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			int count = super.read(target, offset, length);
			ManifestMemoryTest.this.bytesRead += Math.max(0, count);
			return count;
		}

	}

}
