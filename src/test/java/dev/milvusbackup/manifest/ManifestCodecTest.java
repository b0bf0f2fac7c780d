package dev.milvusbackup.manifest;

import java.util.List;
import java.util.Map;

import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Collection.Checkpoint;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.testing.CollectionBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ManifestCodecTest {

	private static final String SMALLEST = """
			{"collection_id":1,"collection_name":"c","schema":{}%s}""";

	private final Collection rich = CollectionBuilder.collection(1, "db.books")
		.partition(10, "_default")
		.partition(11, "novels")
		.everything()
		.build();

	@Test
	void collectionsAreReadBack() {
		assertThat(ManifestCodec.fromJson(ManifestCodec.toJson(this.rich))).isEqualTo(this.rich);
		Collection plain = CollectionBuilder.collection(2, "c").build();
		assertThat(ManifestCodec.fromJson(ManifestCodec.toJson(plain))).isEqualTo(plain);
	}

	@Test
	void zeroValuesAreLeftOutAndTheAlwaysPresentOnesAreNot() {
		Collection plain = CollectionBuilder.collection(2, "c").partition(10, "_default").build();
		assertThat(ManifestCodec.toJson(plain)).isEqualTo("""
				{"collection_id":2,"db_name":"default","collection_name":"c","schema":{"name":"c","fields":[\
				{"fieldID":100,"name":"id","is_primary_key":true,"data_type":5},\
				{"fieldID":101,"name":"vector","data_type":101,"type_params":[{"key":"dim","value":"8"}]}]},\
				"shards_num":1,"consistency_level":2,"partition_backups":[{"partition_id":10,\
				"partition_name":"_default","collection_id":2,"size":0,"load_state":"NotLoad"}],\
				"size":0,"has_index":false,"load_state":"NotLoad"}""");
	}

	@Test
	void textIsEscapedAsGoDoes() {
		assertThat(ManifestCodec.toJson(this.rich))
			.contains("\"description\":\"\\u003c\\u0026\\u003e \\u2028 한국어 \\\"quoted\\\"\"");
	}

	@Test
	void listsKeepTheirOrderAndMapsAreSorted() {
		assertThat(ManifestCodec.toJson(this.rich)).contains(
				"\"params\":{\"index_type\":\"HNSW\",\"metric_type\":\"L2\",\"params\":\"{\\\"M\\\":16}\"}",
				"\"properties\":[{\"key\":\"collection.ttl.seconds\",\"value\":\"86400\"},{\"key\":\"empty\"}]",
				"\"channel_checkpoints\":{\"by-dev-rootcoord-dml_0_1v0\":\"Cgx4\",\"by-dev-rootcoord-dml_1_1v1\":\"Cgx5\"}");
	}

	@Test
	void whatTheFormatHasNoKeyForIsKeptInOwnKeys() {
		assertThat(ManifestCodec.toJson(this.rich)).contains("\"is_clustering_key\":true",
				"\"type_params\":[{\"key\":\"max_capacity\",\"value\":\"3\"}],\"nullable\":true}]",
				"\"replica_number\":2,\"resource_groups\":[\"rg1\",\"rg2\"]");
	}

	@Test
	void timestampsAreNumbersWithoutSign() {
		Collection late = this.rich.withCheckpoint(new Checkpoint(-1, Long.MIN_VALUE, Map.of()));
		assertThat(ManifestCodec.toJson(late)).contains("\"backup_timestamp\":18446744073709551615",
				"\"backup_physical_timestamp\":9223372036854775808");
		assertThat(ManifestCodec.fromJson(ManifestCodec.toJson(late))).isEqualTo(late);
	}

	@Test
	void unknownKeysNullsAndOtherCaseAreAccepted() {
		Collection collection = ManifestCodec.fromJson("""
				{"replicas":[{"x":[1,{}]}],"Collection_ID":1,"COLLECTION_NAME":"c","db_name":null,"size":null,
				"aliases":null,"schema":{"Fields":[{"fieldid":100,"NAME":"id","AutoID":true}],"x":1.5},
				"load_state":"Loaded","properties":[{"key":"k","value":null}]}""");
		assertThat(collection.name()).hasToString("default.c");
		assertThat(collection.schema().fields()).hasSize(1).allSatisfy((field) -> {
			assertThat(field.id()).isEqualTo(100);
			assertThat(field.autoId()).isTrue();
		});
		assertThat(collection.loadState()).isEqualTo(LoadState.LOADED);
		assertThat(collection.properties()).containsExactly(new KeyValue("k", ""));
	}

	@Test
	void defaultsOfOldReleasesAreReadUnlessTheyWereLost() {
		String field = SMALLEST.formatted(",\"schema\":{\"fields\":[{\"fieldID\":100,%s}]}");
		assertThat(defaultValue(field, "\"default_value_proto\":\"2\\u0003n/a\"")).isEqualTo("MgNuL2E=");
		assertThat(defaultValue(field, "\"default_value_proto\":\"\\u0018\\u0007\"")).isEqualTo("GAc=");
		assertThat(defaultValue(field, "\"default_value_proto\":\"\\u0018\uFFFD\"")).isNull();
		assertThat(defaultValue(field, "\"default_value_proto\":\"x\",\"default_value_base64\":\"GAc=\""))
			.isEqualTo("GAc=");
		assertThat(defaultValue(field, "\"nullable\":true")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { ",\"shards_num\":\"1\"", ",\"shards_num\":1.5", ",\"shards_num\":1e2",
			",\"shards_num\":2147483648", ",\"db_id\":9223372036854775808", ",\"db_id\":true",
			",\"backup_timestamp\":-1", ",\"backup_timestamp\":18446744073709551616", ",\"aliases\":\"a\"",
			",\"aliases\":[1]", ",\"aliases\":{}", ",\"schema\":[]", ",\"schema\":\"\"", ",\"index_infos\":[1]",
			",\"channel_checkpoints\":[]", ",\"channel_checkpoints\":{\"a\":1}", ",\"load_state\":1",
			",\"collection_name\":\"\"", ",\"collection_id\":0", ",\"schema\":null", ",\"partition_backups\":[{}]",
			",\"partition_backups\":[null]", ",\"x\":nul", ",\"x\":\"\u0001\"", "}", "]", ",", ",\"x\":[" })
	void nonsenseIsDamage(String end) {
		assertThatThrownBy(() -> ManifestCodec.fromJson(SMALLEST.formatted(end)))
			.isInstanceOfSatisfying(ManifestException.class,
					(ex) -> assertThat(ex.kind()).isEqualTo(ManifestException.Kind.DAMAGED))
			.hasMessageStartingWith("unable to read 'collection description': ");
	}

	@Test
	void everyTruncationIsDamage() {
		String json = ManifestCodec.toJson(this.rich);
		for (int length = 0; length < json.length(); length++) {
			String cut = json.substring(0, length);
			assertThatThrownBy(() -> ManifestCodec.fromJson(cut)).as(cut).isInstanceOf(ManifestException.class);
		}
	}

	@Test
	void theBriefIsIndentedAsTheGoToolPrintsIt() {
		Collection collection = CollectionBuilder.collection(2, "c").partition(10, "_default").build();
		BackupManifest manifest = new BackupManifest("id-1", new BackupName("b1"), "v2.3.5",
				List.of(new Database("default", 1, List.of())),
				List.of(new CollectionBackup(collection, 42, Map.of(10L, 42L))));
		assertThat(ManifestCodec.brief(manifest, 99)).isEqualTo("""
				{
				    "state_code": 0,
				    "progress": 0,
				    "name": "b1",
				    "collection_backups": [
				        {
				            "id": "id-1",
				            "collection_id": 2,
				            "db_name": "default",
				            "collection_name": "c",
				            "schema": {
				                "name": "c",
				                "fields": [
				                    {
				                        "fieldID": 100,
				                        "name": "id",
				                        "is_primary_key": true,
				                        "data_type": 5
				                    },
				                    {
				                        "fieldID": 101,
				                        "name": "vector",
				                        "data_type": 101,
				                        "type_params": [
				                            {
				                                "key": "dim",
				                                "value": "8"
				                            }
				                        ]
				                    }
				                ]
				            },
				            "shards_num": 1,
				            "size": 42,
				            "has_index": false,
				            "load_state": "NotLoad"
				        }
				    ],
				    "size": 42,
				    "milvus_version": "v2.3.5",
				    "database_backups": [
				        {
				            "db_name": "default",
				            "db_id": 1
				        }
				    ],
				    "meta_size": 99
				}""");
	}

	private static String defaultValue(String document, String key) {
		return ManifestCodec.fromJson(document.formatted(key)).schema().fields().get(0).defaultValue();
	}

}
