package dev.milvusbackup.restore;

import java.util.List;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.RestoreMapping;
import dev.milvusbackup.model.RestoreMapping.CollectionMapping;
import dev.milvusbackup.model.RestoreMapping.DatabaseMapping;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.testing.InterruptedCalls;
import dev.milvusbackup.testing.milvus.FakeCollection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Restores by a plan of which collection becomes which.
 */
class RestorePlanTest {

	private RestoreHarness harness;

	private FakeCollection books;

	@BeforeEach
	void start() throws Exception {
		this.harness = new RestoreHarness("2.6.11");
		this.books = this.harness.books();
	}

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@Test
	void aPlanMovesACollectionAndItsShapeAndLeavesTheOthers() throws Exception {
		FakeCollection other = this.harness.fake.collection("other");
		this.harness.backUp(this.books, other);
		this.harness.fake.drop(other);
		this.harness.suffix = "";
		this.harness.details = mapping(new CollectionMapping("books", "volumes", 2, "moved"));
		this.harness.requireRestored();
		Collection moved = this.harness.describe("archive.volumes");
		assertThat(moved.shards()).isEqualTo(2);
		assertThat(moved.schema().description()).isEqualTo("moved");
		assertThat(this.harness.target("archive.volumes").visible()).isEqualTo(this.books.visible());
		assertThat(this.harness.outcome()).containsOnlyKeys("archive.volumes", "default.other");
	}

	@Test
	void oneCollectionBecomesSeveral() throws Exception {
		this.books.insertSegment("_default", 7, 2);
		this.harness.backUp(this.books);
		this.harness.fake.drop(this.books);
		severalTargets();
		this.harness.requireRestored();
		assertThat(this.harness.outcome()).containsOnlyKeys("archive.books", "archive.twin", "default.books");
		for (String name : List.of("archive.books", "archive.twin", "books")) {
			assertThat(this.harness.target(name).visible()).as(name).isEqualTo(this.books.visible());
		}
		assertThat(this.harness.describe("archive.twin").shards()).isEqualTo(1);
		assertThat(this.harness.describe("archive.books").shards()).isEqualTo(4);
		assertThat(this.harness.describe("archive.books").aliases()).containsExactly("library");
		assertThat(this.harness.describe("archive.twin").aliases()).isEmpty();
		assertThat(this.harness.describe("books").aliases()).containsExactly("library");
	}

	@Test
	void eachOfSeveralHasCopiesOfItsOwnAndFailsAlone() throws Exception {
		this.harness.useOtherBucket();
		this.harness.backUp(this.books);
		this.harness.fake.drop(this.books);
		severalTargets();
		this.harness.fake.faults().refused("CreateCollection", 65535, "no more collections");
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.outcome().values()).filteredOn((state) -> state.startsWith("FAILED")).hasSize(1);
		int submitted = this.harness.fake.imports().submitted();
		this.harness.requireRestored();
		assertThat(this.harness.fake.imports().submitted()).isGreaterThan(submitted);
		for (String name : List.of("archive.books", "archive.twin", "books")) {
			assertThat(this.harness.target(name).visible()).as(name).isEqualTo(this.books.visible());
		}
		assertThat(this.harness.milvusStore.keys()).noneMatch((key) -> key.startsWith("restore-temp"));
	}

	@Test
	void severalOfOneGoOnAfterAKillWithoutImportingTwice() throws Exception {
		this.harness.backUp(this.books);
		this.harness.fake.drop(this.books);
		severalTargets();
		this.harness.calls.after("submit", new InterruptedCalls.Killed());
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.FAILED);
		this.harness.requireRestored();
		assertThat(this.harness.target("archive.books").rows()).isEqualTo(50);
		assertThat(this.harness.target("archive.twin").rows()).isEqualTo(50);
		assertThat(this.harness.target("books").rows()).isEqualTo(50);
	}

	@Test
	void twoCollectionsDoNotBecomeOne() throws Exception {
		FakeCollection other = this.harness.fake.collection("other");
		this.harness.backUp(this.books, other);
		this.harness.suffix = "";
		this.harness.details = mapping(new CollectionMapping("books", "one", 0, null),
				new CollectionMapping("other", "one", 0, null));
		this.harness.requireRefused("'default.books' is to be restored as that, too");
		this.harness.details = mapping(new CollectionMapping("books", "one", 0, null),
				new CollectionMapping("books", "one", 1, null));
		this.harness.requireRefused("'default.books' is to become 'archive.one' twice");
	}

	@Test
	void aPlanForACollectionThatTheBackupDoesNotHaveIsRefused() throws Exception {
		this.harness.backUp(this.books);
		this.harness.suffix = "";
		this.harness.details = mapping(new CollectionMapping("boks", "volumes", 0, null));
		assertThat(RestoreHarness.failure(this.harness.restore())).isInstanceOfSatisfying(RestoreException.class,
				(ex) -> {
					assertThat(ex.kind()).isEqualTo(Kind.PREFLIGHT);
					assertThat(ex).hasMessageContaining("'default.boks': there is nothing of that name");
					assertThat(ex.hint()).contains("default.books");
				});
	}

	private void severalTargets() {
		this.harness.suffix = "";
		this.harness.details = new RestoreDetails(
				new RestoreMapping(List.of(
						new DatabaseMapping("default", "archive",
								List.of(new CollectionMapping("books", "books", 0, null),
										new CollectionMapping("books", "twin", 1, null))),
						new DatabaseMapping("default", "default",
								List.of(new CollectionMapping("books", "books", 0, null)))),
						CollectionFilter.ALL),
				0, SkipParams.NONE, false, Wishes.NONE);
	}

	private static RestoreDetails mapping(CollectionMapping... collections) {
		return new RestoreDetails(
				new RestoreMapping(List.of(new DatabaseMapping("default", "archive", List.of(collections))),
						CollectionFilter.ALL),
				0, SkipParams.NONE, false, Wishes.NONE);
	}

}
