package dev.milvusbackup.manifest;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.SegmentBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SegmentCodecTest {

	private static final String HEAD = "{\"segment_id\":3,\"collection_id\":1,\"partition_id\":10";

	private final SegmentCodec codec = new SegmentCodec(LogPaths.of(new MilvusLayout(ObjectPrefix.of("files"))), false);

	@Test
	void dataSegmentsHaveOneEntryAFieldAndOneForAllDeletes() {
		Segment segment = SegmentBuilder.segment(3)
			.rows(120)
			.insert(0, 20, 1)
			.insert(100, 21, 2)
			.insert(0, 22, 3)
			.delta(23, 4)
			.delta(24, 0)
			.virtualChannel("v0")
			.storageVersion(2)
			.build();
		assertThat(write(this.codec, segment)).isEqualTo("""
				{"segment_id":3,"collection_id":1,"partition_id":10,"num_of_rows":120,"binlogs":[{"binlogs":[\
				{"log_path":"files/insert_log/1/10/3/0/20","log_size":1,"log_id":20},\
				{"log_path":"files/insert_log/1/10/3/0/22","log_size":3,"log_id":22}]},\
				{"fieldID":100,"binlogs":[{"log_path":"files/insert_log/1/10/3/100/21","log_size":2,"log_id":21}]}],\
				"deltalogs":[{"binlogs":[{"log_path":"files/delta_log/1/10/3/23","log_size":4,"log_id":23},\
				{"log_path":"files/delta_log/1/10/3/24","log_size":0,"log_id":24}]}],\
				"size":10,"group_id":3,"is_l0":false,"v_channel":"v0","storage_version":2}""");
	}

	@Test
	void collectionWideDeletesHaveNoGroup() {
		Segment segment = SegmentBuilder.segment(4).collectionL0().delta(23, 4).build();
		assertThat(write(this.codec, segment)).isEqualTo("""
				{"segment_id":4,"collection_id":1,"partition_id":-1,"deltalogs":[{"binlogs":[\
				{"log_path":"files/delta_log/1/-1/4/23","log_size":4,"log_id":23}]}],"size":4,"is_l0":true}""");
	}

	@Test
	void pathsOfLocalStorageAreAbsolute() {
		LogPaths paths = LogPaths.below("/var/lib/milvus/data", new MilvusLayout(ObjectPrefix.ROOT));
		Segment segment = SegmentBuilder.segment(4).l0().delta(23, 4).build();
		assertThat(paths.path(segment, segment.binlogs().get(0))).isEqualTo("/var/lib/milvus/data/delta_log/1/10/4/23");
	}

	@Test
	void entityTagsAreWrittenOnRequestOnly() {
		Segment segment = SegmentBuilder.segment(4).l0().delta(23, 4, "abc").delta(24, 4).build();
		assertThat(write(this.codec, segment)).doesNotContain("abc");
		String json = write(new SegmentCodec(LogPaths.NONE, true), segment);
		assertThat(json).contains("[{\"log_size\":4,\"log_id\":23,\"etag\":\"abc\"},{\"log_size\":4,\"log_id\":24}]");
		assertThat(read(json)).isEqualTo(segment);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ",\"deltalogs\":[]", ",\"deltalogs\":[{}]", ",\"deltalogs\":null",
			",\"deltalogs\":[{\"binlogs\":null}]" })
	void thereAreManyWaysToHaveNoDeletes(String deltalogs) {
		Segment segment = read(
				HEAD + ",\"num_of_rows\":5,\"binlogs\":[{\"binlogs\":[{\"log_id\":9}]}]" + deltalogs + "}");
		assertThat(segment.binlogs()).containsExactly(new Binlog(BinlogKind.INSERT, 0, 9, 0, null));
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"[{\"fieldID\":23,\"binlogs\":[{\"log_path\":\"a/23\",\"log_size\":4}]},{\"fieldID\":24,\"binlogs\":[{\"log_path\":\"a/24\",\"log_size\":5}]}]",
			"[{\"binlogs\":[{\"log_id\":23,\"log_size\":4},{\"log_id\":24,\"log_size\":5}]}]",
			"[{\"fieldID\":100,\"binlogs\":[{\"log_id\":23,\"log_size\":4,\"log_path\":\"x\"}]},{\"binlogs\":[{\"log_id\":24,\"log_size\":5}]}]" })
	void theFieldOfDeletesMeansNothing(String deltalogs) {
		Segment segment = read(HEAD + ",\"deltalogs\":" + deltalogs + ",\"group_id\":3}");
		assertThat(segment.binlogs()).containsExactly(new Binlog(BinlogKind.DELTA, 0, 23, 4, null),
				new Binlog(BinlogKind.DELTA, 0, 24, 5, null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"is_l0":true                                                             | L0
			"is_l0":false,"deltalogs":[{"binlogs":[{"log_id":1}]}]                   | DATA
			"deltalogs":[{"binlogs":[{"log_id":1}]}]                                 | L0
			"num_of_rows":1,"deltalogs":[{"binlogs":[{"log_id":1}]}]                 | DATA
			"binlogs":[{"binlogs":[{"log_id":1}]}]                                   | DATA
			"num_of_rows":0                                                          | DATA
			"partition_id":-1                                                        | L0
			""")
	void theLevelIsInferredWhereReleasesRecordNone(String keys, SegmentLevel level) {
		assertThat(read(HEAD + "," + keys + "}").level()).isEqualTo(level);
	}

	@Test
	void groupsOfOldReleasesAreKept() {
		assertThat(read(HEAD + ",\"group_id\":2}").groupId()).isEqualTo(2);
		assertThat(read(HEAD + "}").groupId()).isZero();
		assertThat(read(HEAD + ",\"partition_id\":-1}").partitionId()).isEqualTo(Partition.ALL);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"segment_id\":3,\"collection_id\":1}", "{\"collection_id\":1,\"partition_id\":1}",
			HEAD + ",\"binlogs\":[{\"binlogs\":[{}]}]}",
			HEAD + ",\"binlogs\":[{\"binlogs\":[{\"log_path\":\"a/b\"}]}]}", HEAD + ",\"binlogs\":[{\"binlogs\":{}}]}",
			HEAD + ",\"num_of_rows\":\"1\"}" })
	void nonsenseIsDamage(String json) {
		assertThatThrownBy(() -> read(json)).isInstanceOf(ManifestException.class)
			.hasMessageStartingWith("unable to read 'test': ");
	}

	@Test
	void aLogIdIsNeverRounded() {
		String json = HEAD + ",\"binlogs\":[{\"binlogs\":[{\"log_id\":9223372036854775807}]}]}";
		assertThat(read(json).binlogs()).isEqualTo(List.of(new Binlog(BinlogKind.INSERT, 0, Long.MAX_VALUE, 0, null)));
	}

	private static String write(SegmentCodec codec, Segment segment) {
		StringWriter text = new StringWriter();
		try (JsonWriter json = new JsonWriter(GoJson.generator(text))) {
			json.object(() -> codec.write(json, segment));
		}
		return text.toString();
	}

	private static Segment read(String json) {
		try (JsonReader reader = new JsonReader(json, new Damage("test", null))) {
			return SegmentCodec.read(reader.document(Map.of()));
		}
	}

}
