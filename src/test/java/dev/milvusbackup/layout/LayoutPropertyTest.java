package dev.milvusbackup.layout;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.SegmentBuilder;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

class LayoutPropertyTest {

	@Property
	void milvusKeysAreReadBack(@ForAll("roots") ObjectPrefix root, @ForAll("segments") Segment segment) {
		MilvusLayout layout = new MilvusLayout(root);
		for (Binlog binlog : segment.binlogs()) {
			assertThat(layout.parse(layout.key(segment, binlog))).contains(location(segment, binlog));
		}
	}

	@Property
	void backupKeysAreReadBack(@ForAll("roots") ObjectPrefix root, @ForAll("segments") Segment segment) {
		BackupLayout layout = new BackupLayout(root, new BackupName("b1"));
		for (Binlog binlog : segment.binlogs()) {
			ObjectKey key = layout.key(segment, binlog);
			long group = (segment.partitionId() == Partition.ALL) ? 0 : segment.groupId();
			assertThat(layout.parse(key)).contains(new BackupLayout.Location(group, location(segment, binlog)));
			assertThat(layout.segment(binlog.kind(), segment).contains(key)).isTrue();
			assertThat(key.value()).isEqualTo(layout.directory().value() + layout.relative(key));
		}
	}

	@Property
	void noOtherTextIsReadAsABinlog(@ForAll("roots") ObjectPrefix root, @ForAll("paths") String path) {
		ObjectKey key = root.key(path);
		MilvusLayout layout = new MilvusLayout(root);
		layout.parse(key)
			.ifPresent((location) -> assertThat(layout.key(segment(location), binlog(location))).isEqualTo(key));
		BackupLayout backup = new BackupLayout(root, new BackupName("b1"));
		ObjectKey copy = backup.binlogs().key(path);
		backup.parse(copy)
			.ifPresent((location) -> assertThat(backup.key(segment(location), binlog(location.log()))).isEqualTo(copy));
	}

	@Provide
	Arbitrary<ObjectPrefix> roots() {
		return Arbitraries.of("", "files", "a/b", "insert_log", "1/2").map(ObjectPrefix::of);
	}

	@Provide
	Arbitrary<Segment> segments() {
		Arbitrary<Long> id = Arbitraries.longs().between(0, Long.MAX_VALUE);
		Arbitrary<Long> partition = Arbitraries.oneOf(id, Arbitraries.just(Partition.ALL));
		return Combinators.combine(id, id, partition, id, id, id)
			.as((segment, collection, part, group, field,
					log) -> segment(segment, collection, part, group).delta(log, 1).insert(field, log, 1).build())
			.map(LayoutPropertyTest::withoutInsertsForAllPartitions);
	}

	@Provide
	Arbitrary<String> paths() {
		Arbitrary<String> part = Arbitraries.of("insert_log", "delta_log", "stats_log", "0", "1", "-1", "-2", "007",
				"+1", "1.0", "9223372036854775808", "470652536143307260", "x");
		return part.list().ofMinSize(1).ofMaxSize(8).map((parts) -> String.join("/", parts));
	}

	private static SegmentBuilder segment(long id, long collection, long partition, long group) {
		return SegmentBuilder.segment(id).collection(collection).partition(partition).group(group);
	}

	private static Segment segment(MilvusLayout.LogLocation log) {
		return segment(log.segmentId(), log.collectionId(), log.partitionId(), 0).build();
	}

	private static Segment segment(BackupLayout.Location location) {
		MilvusLayout.LogLocation log = location.log();
		return segment(log.segmentId(), log.collectionId(), log.partitionId(), location.groupId()).build();
	}

	private static Segment withoutInsertsForAllPartitions(Segment segment) {
		boolean all = segment.partitionId() == Partition.ALL;
		Binlog delta = segment.binlogs().get(0);
		return all ? segment(segment.id(), segment.collectionId(), Partition.ALL, segment.groupId())
			.delta(delta.logId(), 1)
			.build() : segment;
	}

	private static Binlog binlog(MilvusLayout.LogLocation log) {
		return new Binlog(log.kind(), log.fieldId(), log.logId(), 0, null);
	}

	private static MilvusLayout.LogLocation location(Segment segment, Binlog binlog) {
		long field = (binlog.kind() == BinlogKind.INSERT) ? binlog.fieldId() : 0;
		return new MilvusLayout.LogLocation(binlog.kind(), segment.collectionId(), segment.partitionId(), segment.id(),
				field, binlog.logId());
	}

}
