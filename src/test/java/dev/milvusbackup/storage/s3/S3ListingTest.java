package dev.milvusbackup.storage.s3;

import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.Retries;
import dev.milvusbackup.storage.RetryingObjectStore;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageException.Kind;
import dev.milvusbackup.storage.s3.FakeS3.Answer;
import dev.milvusbackup.storage.s3.FakeS3.Request;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Pages, and what they cost.
 */
class S3ListingTest extends S3ServerFixture {

	@Test
	void listingAsksOncePerThousand() {
		IntStream.range(0, 2500).forEach((i) -> this.server.buckets().put("bucket", "d/" + i, new byte[1]));
		this.store.stat(KEY);
		this.server.takeRequests();
		assertThat(list("d/")).hasSize(2500);
		assertThat(this.server.takeRequests()).hasSize(3).allMatch(Request::isList);
	}

	@Test
	void pagesAreFetchedWhileTheListingIsRead() {
		IntStream.range(0, 2500).forEach((i) -> this.server.buckets().put("bucket", "d/" + i, new byte[1]));
		try (Stream<ObjectStat> listing = this.store.list(ObjectPrefix.of("d"))) {
			assertThat(listing.limit(500)).hasSize(500);
		}
		assertThat(this.metrics.lists().sum()).isEqualTo(1);
	}

	@Test
	void fromTheSecondPageOnTheNextOneIsAskedForAhead() {
		IntStream.range(0, 4500).forEach((i) -> this.server.buckets().put("bucket", "d/" + i, new byte[1]));
		try (Stream<ObjectStat> listing = this.store.list(ObjectPrefix.of("d"))) {
			Iterator<ObjectStat> entries = listing.iterator();
			for (int i = 0; i < 1001; i++) {
				entries.next();
			}
			await().until(() -> this.metrics.lists().sum() == 3);
			assertThat(entries).toIterable().hasSize(3499).doesNotHaveDuplicates();
		}
		assertThat(this.metrics.lists().sum()).isEqualTo(5);
	}

	@Test
	void aFailedPageIsRepeatedAloneWithoutLossOrDoubles() {
		IntStream.range(0, 2500).forEach((i) -> this.server.buckets().put("bucket", "d/" + i, new byte[1]));
		this.server.next(3, (request) -> request.isList() && request.query().containsKey("continuation-token"),
				FakeS3.error(503, "SlowDown"));
		ObjectStore retrying = new RetryingObjectStore(this.store, new Retries(QUICK));
		try (Stream<ObjectStat> listing = retrying.list(ObjectPrefix.of("d"))) {
			assertThat(listing.map(ObjectStat::key)).hasSize(2500).doesNotHaveDuplicates();
		}
		assertThat(this.metrics.lists().sum()).isEqualTo(6);
	}

	@Test
	void aPageThatEndsWithoutAWayToTheNextIsAnError() {
		this.server.next(1, Request::isList, this.server.doneBut(
				Answer.xml(200, "<ListBucketResult><Name>b</Name><IsTruncated>true</IsTruncated></ListBucketResult>")));
		assertThat(failureOf(() -> list("")).kind()).isEqualTo(Kind.PERMANENT);
	}

	@Test
	void anAnswerThatIsNoXmlIsNotAnEmptyListing() {
		this.server.next(1, Request::isList, this.server.doneBut(Answer.xml(200, "<html>Welcome")));
		assertThat(failureOf(() -> list("")).kind()).isEqualTo(Kind.TRANSIENT);
	}

	@Test
	void markersOfDirectoriesAreLeftOutAndUnusableNamesAreAnError() {
		this.server.buckets().put("bucket", "m/", new byte[0]);
		this.server.buckets().put("bucket", "m/x", new byte[1]);
		assertThat(list("m/")).containsExactly("m/x");
		this.server.buckets().put("bucket", "m//y", new byte[1]);
		assertThatExceptionOfType(StorageException.class).isThrownBy(() -> list("m/"))
			.withMessageContaining("'m//y'")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.PERMANENT));
	}

}
