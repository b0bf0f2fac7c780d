package dev.milvusbackup.restore;

import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Load;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.testing.milvus.FakeCollection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What only some restores ask for.
 */
class RestoreDetailsTest {

	private RestoreHarness harness;

	private FakeCollection books;

	@BeforeEach
	void start() throws Exception {
		use("2.6.11");
	}

	private void use(String version) throws Exception {
		stop();
		this.harness = new RestoreHarness(version);
		this.books = this.harness.books();
	}

	@AfterEach
	void stop() {
		if (this.harness != null) {
			this.harness.close();
		}
	}

	@Test
	void shardsAreBoundedAndKeysLeftOut() throws Exception {
		this.harness.backUp(this.books);
		this.harness.details = new RestoreDetails(null, 3,
				new SkipParams(Set.of("mmap.enabled"), Set.of(), Set.of(), Set.of()), false, Wishes.NONE);
		this.harness.requireRestored();
		Collection restored = this.harness.describe("books_r");
		assertThat(restored.shards()).isEqualTo(3);
		assertThat(restored.properties()).containsExactly(new KeyValue("collection.ttl.seconds", "60"));
		assertThat(restored.schema().properties()).doesNotContain(new KeyValue("mmap.enabled", "true"));
	}

	@Test
	void aliasesAreMovedOnRequestOnly() throws Exception {
		this.harness.backUp(this.books);
		this.harness.requireRestored();
		assertThat(this.harness.describe("books_r").aliases()).isEmpty();
		this.harness.close();
		use("2.6.11");
		this.harness.backUp(this.books);
		this.harness.details = wishes(new Wishes(false, Load.NO, true, false));
		this.harness.requireRestored();
		assertThat(this.harness.describe("books_r").aliases()).containsExactly("library");
		assertThat(this.harness.describe("books").aliases()).isEmpty();
	}

	@Test
	void aDatabaseKeepsItsProperties() throws Exception {
		this.harness.fake.database("shop", Map.of("database.replica.number", "2"));
		FakeCollection goods = this.harness.fake.collection("shop.goods");
		this.harness.backUp(goods);
		this.harness.suffix = "";
		this.harness.renames = List.of("shop.*:store.*", "shop.:store.");
		this.harness.requireRestored();
		assertThat(this.harness.fake.databaseProperties("store")).containsEntry("database.replica.number", "2");
	}

	@Test
	void anOldServerIsRefusedWithAllThatItLacksUnlessForced() throws Exception {
		use("2.3.5");
		this.harness.backup().version("v2.4.1").add(this.books).write(this.harness.backupStore, this.harness.layout);
		this.harness.details = wishes(new Wishes(false, Load.NO, false, true));
		this.harness.requireRestored();
		assertThat(this.harness.target("books_r").rows()).isEqualTo(50);
	}

	@Test
	void importsByRestAreRefusedWhereTheyDoNotExist() throws Exception {
		use("2.3.5");
		this.harness.backUp(this.books);
		this.harness.details = wishes(new Wishes(true, Load.NO, false, false));
		assertThat(RestoreHarness.failure(this.harness.restore())).isInstanceOfSatisfying(RestoreException.class,
				(ex) -> assertThat(ex.kind()).isEqualTo(Kind.INCOMPATIBLE));
	}

	@Test
	void truncationNeedsAChannelCheckpoint() throws Exception {
		this.harness.backUp(this.books);
		this.harness.details = new RestoreDetails(null, 0, SkipParams.NONE, true, Wishes.NONE);
		assertThat(RestoreHarness.failure(this.harness.restore()))
			.isInstanceOfSatisfying(RestoreException.class, (ex) -> assertThat(ex.kind()).isEqualTo(Kind.PREFLIGHT))
			.hasMessageContaining("the backup has no checkpoint of channel");
		assertThat(this.harness.fake.find("books_r")).isNull();
	}

	private static RestoreDetails wishes(Wishes wishes) {
		return new RestoreDetails(null, 0, SkipParams.NONE, false, wishes);
	}

}
