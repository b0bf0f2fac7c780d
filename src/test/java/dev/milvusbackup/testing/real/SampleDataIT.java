package dev.milvusbackup.testing.real;

import java.util.List;
import java.util.SortedMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

@RequiresReal({ "milvus-2.3.5", "milvus-2.2.16" })
class SampleDataIT {

	@Test
	void everyCollectionHasTheRowsItSays(RealServers servers) {
		// the version with more exceptions; the other one is read back by every test of a
		// backup
		RealMilvus milvus = servers.milvus(MilvusVersion.V2_2_16);
		try (SampleData data = new SampleData(milvus)) {
			List<SampleCollection> collections = data.createAll("sample");
			assertThat(collections).hasSize(6);
			for (SampleCollection collection : collections) {
				MilvusRows read = MilvusRows.read(milvus, collection.database(), collection.name());
				assertThat(read.rows()).as(collection.toString()).hasSize(collection.rows());
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void everyFieldIsReadBackButNoDeletedRow(MilvusVersion version, RealServers servers) {
		RealMilvus milvus = servers.milvus(version);
		try (SampleData data = new SampleData(milvus)) {
			SampleCollection collection = data.allTypes("default", "sample_values", 30);
			MilvusRows read = MilvusRows.read(milvus, "default", "sample_values");
			assertThat(collection.deletes()).isEqualTo(15);
			assertThat(read.count()).isEqualTo(collection.rows());
			assertThat(read.rows()).containsOnlyKeys(5L, 6L, 7L, 8L, 9L, 15L, 16L, 17L, 18L, 19L, 25L, 26L, 27L, 28L,
					29L);
			SortedMap<String, Object> row = read.rows().get(28L);
			assertThat(row).containsEntry("flag", true)
				.containsEntry("medium", 56_000_084)
				.containsEntry("large", 252_000_000_000_028L)
				.containsEntry("single_precision", 28 / 3.0f)
				.containsEntry("double_precision", 4.0)
				.containsEntry("text", "row 28, größer – 行")
				.containsEntry("document", "{\"list\":[28,\"x\"],\"n\":28,\"nested\":{\"deep\":true},\"s\":\"HA==\"}")
				.containsEntry("color", "blue")
				.containsKey("extra");
			assertThat((List<?>) row.get("vector")).hasSize(SampleRows.DIMENSION).hasOnlyElementsOfType(Float.class);
			assertThat(row.containsKey("numbers")).isEqualTo(version.hasArrays());
		}
	}

	@ParameterizedTest
	@EnumSource
	void rowsWithKeysOfTheServerCanBeComparedByAnotherField(MilvusVersion version, RealServers servers) {
		RealMilvus milvus = servers.milvus(version);
		try (SampleData data = new SampleData(milvus)) {
			data.binaryAutoId("default", "sample_auto_1", 10);
			data.binaryAutoId("default", "sample_auto_2", 10);
		}
		MilvusRows one = MilvusRows.read(milvus, "default", "sample_auto_1");
		MilvusRows two = MilvusRows.read(milvus, "default", "sample_auto_2");
		assertThat(one).isNotEqualTo(two);
		assertThat(one.keyedBy("number", "id")).isEqualTo(two.keyedBy("number", "id"));
		assertThat(one.keyedBy("number", "id").rows().get(3L).get("bits").toString()).hasSize(SampleRows.BITS / 4);
		assertThat(MilvusRows.countFlushed(milvus, "default", "sample_auto_1")).isEqualTo(10);
	}

}
