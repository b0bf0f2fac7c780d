package dev.milvusbackup.restore;

import java.util.List;
import java.util.Map;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.storage.StorageProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static dev.milvusbackup.testing.CollectionBuilder.collection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RestoreRulesTest {

	@ParameterizedTest
	@CsvSource({ "v2.3.5, 2.3.5", "2.2.16, 2.2.16", "v2.4-dev, 2.4", "v2.6.0-rc1, 2.6.0" })
	void readsVersions(String text, String version) {
		assertThat(ReleaseVersion.parse(text)).hasToString("Optional[" + version + "]");
	}

	@Test
	void aServerThatTellsNoVersionCountsAsTheNewest() {
		assertThatCode(() -> new Misfits("host", "master-abc").requireNotOlderThan("v2.6.1"))
			.doesNotThrowAnyException();
	}

	@Test
	void theSourceMayBeOfANewerPatchButNotOfANewerRelease() {
		assertThatCode(() -> new Misfits("host", "v2.3.5").requireNotOlderThan("v2.3.22")).doesNotThrowAnyException();
		assertThatThrownBy(() -> new Misfits("host", "v2.2.16").requireNotOlderThan("v2.3.5"))
			.isInstanceOfSatisfying(RestoreException.class, (ex) -> assertThat(ex.kind()).isEqualTo(Kind.INCOMPATIBLE));
	}

	@Test
	void aServerWithoutDatabasesRefusesThem() {
		assertThatThrownBy(() -> new Misfits("host", "v2.2.8").requireDatabase("db1"))
			.isInstanceOf(RestoreException.class);
		assertThatCode(() -> new Misfits("host", "v2.2.8").requireDatabase("default")).doesNotThrowAnyException();
	}

	@Test
	void allThatAServerLacksIsNamedAtOnce() {
		Misfits misfits = new Misfits("host", "v2.4.4");
		misfits.check(collection(1, "books").everything().build());
		assertThatThrownBy(misfits::requireNone).isInstanceOfSatisfying(RestoreException.class, (ex) -> {
			assertThat(ex.kind()).isEqualTo(Kind.INCOMPATIBLE);
			assertThat(ex).hasMessageContaining("it has not nullable fields (from 2.5.0 on): default.books")
				.hasMessageContaining("default values")
				.hasMessageContaining("arrays of structs (from 2.6.4 on)");
			assertThat(ex.hint()).contains("--force_version");
		});
		Misfits none = new Misfits("host", "v2.6.11");
		none.check(collection(1, "books").everything().build());
		assertThatCode(none::requireNone).doesNotThrowAnyException();
	}

	@Test
	void vectorsAreIndexedFirstAndAutomaticallyOnRequest() {
		Index scalar = new Index("id", "id", "marisa-trie", Map.of("index_type", "marisa-trie"), 1);
		Index vector = new Index("vector", "v", "HNSW", Map.of("index_type", "HNSW", "metric_type", "IP", "M", "8"), 2);
		Collection books = withIndexes(List.of(scalar, vector));
		assertThat(IndexPlan.of(books, false)).extracting(Index::type).containsExactly("HNSW", "Trie");
		assertThat(IndexPlan.of(books, true).get(0).params())
			.isEqualTo(Map.of("index_type", "AUTOINDEX", "metric_type", "IP"));
	}

	@Test
	void copiesAreNeededOnlyForWhatMilvusCannotRead() {
		StorageProperties a = bucket("host", "a");
		assertThat(RestorePlaces.needsStaging(a, bucket("HOST", "a"))).isFalse();
		assertThat(RestorePlaces.needsStaging(a, bucket("host", "b"))).isTrue();
		assertThat(RestorePlaces.needsStaging(a, bucket("other", "a"))).isTrue();
		assertThat(RestorePlaces.needsStaging(a, local("/x"))).isTrue();
		assertThat(RestorePlaces.needsStaging(local("/x"), a)).isTrue();
		assertThat(RestorePlaces.needsStaging(local("/x"), local("/y"))).isFalse();
	}

	private static Collection withIndexes(List<Index> indexes) {
		Collection plain = collection(1, "books").build();
		return new Collection(plain.id(), plain.name(), 0, plain.schema(), 1, 0, plain.partitions(), indexes,
				plain.loadState(), List.of(), List.of(), List.of(), List.of(), 0, plain.checkpoint());
	}

	private static StorageProperties bucket(String host, String bucket) {
		return new StorageProperties("minio", host, 9000, null, false, bucket, "root", null, null, null, null, 8, 1);
	}

	private static StorageProperties local(String directory) {
		return new StorageProperties("local", "", 0, null, false, "", directory, null, null, null, null, 8, 1);
	}

}
