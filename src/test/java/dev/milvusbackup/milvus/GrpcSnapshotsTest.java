package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.Optional;

import dev.milvusbackup.milvus.JobWatch.Timing;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.milvus.MilvusSnapshots.Place;
import dev.milvusbackup.milvus.SnapshotJob.State;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The simulator has its messages from a description of its own, so that a wrong number on
 * either side is noticed.
 */
class GrpcSnapshotsTest {

	private static final CollectionName BOOKS = new CollectionName("default", "books");

	private static final Place BUNDLE = new Place("s3://a-bucket/backup/b1/bundle", "");

	private final FakeMilvus server = FakeMilvus.start("3.0", new MemoryObjectStore(), ObjectPrefix.of("files"));

	private final Milvus connection = new DefaultMilvusConnector().connect(this.server.properties());

	private final MilvusSnapshots snapshots = this.connection.snapshots();

	@BeforeEach
	void fill() {
		this.server.collection("books").insertSegment("_default", 10);
		this.server.collection("shop.goods").insertSegment("_default", 20);
	}

	@AfterEach
	void close() {
		this.connection.close();
		this.server.close();
	}

	@Test
	void aSnapshotIsTakenOnceHoweverOftenItIsAsked() {
		CollectionName goods = new CollectionName("shop", "goods");
		assertThat(this.snapshots.find(goods, "s")).isEmpty();
		this.server.faults().loseAnswer("CreateSnapshot").throttled("DescribeSnapshot").unavailable("DropSnapshot");
		this.snapshots.create(goods, "s");
		Optional<Long> taken = this.snapshots.find(goods, "s");
		assertThat(taken).hasValueSatisfying((time) -> assertThat(time).isPositive());
		this.snapshots.create(goods, "s");
		assertThat(this.snapshots.find(goods, "s")).isEqualTo(taken);
		assertThat(this.snapshots.names(goods)).containsExactly("s");
		assertThat(this.snapshots.names(BOOKS)).isEmpty();
		this.snapshots.drop(goods, "s");
		this.snapshots.drop(goods, "s");
		assertThat(this.server.snapshots().names()).isEmpty();
	}

	@Test
	void aCopyComesBackAsAnotherCollection() {
		this.snapshots.create(BOOKS, "s");
		SnapshotJob export = this.snapshots.exportJob(this.snapshots.export(BOOKS, "s", BUNDLE));
		assertThat(export.state()).isEqualTo(State.COMPLETED);
		assertThat(export.result().description()).startsWith(BUNDLE.uri() + "/snapshots/").endsWith(".json");
		assertThat(export.result().files()).isPositive().isEqualTo(export.result().copiedFiles());
		assertThat(export.result().bytes()).isPositive();
		CollectionName copy = new CollectionName("shop", "books_r");
		long job = this.snapshots.restore(copy, new Place(export.result().description(), ""));
		assertThat(this.snapshots.restoreJob(job).state()).isEqualTo(State.COMPLETED);
		assertThat(this.snapshots.restoreJobs(copy)).extracting(SnapshotJob::id).containsExactly(job);
		assertThat(this.snapshots.restoreJobs(BOOKS)).isEmpty();
		assertThat(this.server.find("shop.books_r").visible()).isEqualTo(this.server.find("books").visible());
	}

	@Test
	void aJobIsNeverSubmittedTwice() {
		this.snapshots.create(BOOKS, "s");
		this.server.faults().loseAnswer("ExportSnapshot").emptyAnswer("ExportSnapshot");
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(MilvusException.class).isThrownBy(() -> this.snapshots.export(BOOKS, "s", BUNDLE))
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME));
		}
		assertThat(this.server.snapshots().submitted()).isOne();
		assertThat(this.server.faults().calls("ExportSnapshot")).isEqualTo(2);
	}

	@Test
	void aSnapshotThatIsBeingCopiedIsNotDropped() {
		this.snapshots.create(BOOKS, "s");
		this.server.snapshots().delay(Duration.ofHours(1));
		long job = this.snapshots.export(BOOKS, "s", BUNDLE);
		assertThatExceptionOfType(MilvusException.class).isThrownBy(() -> this.snapshots.drop(BOOKS, "s"))
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.REFUSED));
		this.server.snapshots().forgetJobs();
		assertThatExceptionOfType(MilvusException.class).isThrownBy(() -> this.snapshots.exportJob(job))
			.withMessageContaining("job not found")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.NOT_FOUND));
		this.snapshots.drop(BOOKS, "s");
	}

	@Test
	void aFailedJobTellsWhy() {
		this.snapshots.create(BOOKS, "s");
		this.server.snapshots().failNext("out of disk");
		SnapshotJob job = this.snapshots.exportJob(this.snapshots.export(BOOKS, "s", BUNDLE));
		assertThat(job.state()).isEqualTo(State.FAILED);
		assertThat(job.reason()).isEqualTo("out of disk");
	}

	@Test
	void aJobThatStandsStillIsGivenUpAndOneThatIsOverIsNot() {
		this.snapshots.create(BOOKS, "s");
		this.server.snapshots().delay(Duration.ofMillis(300));
		JobWatch watch = new JobWatch(new Timing(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofSeconds(20)));
		long job = this.snapshots.export(BOOKS, "s", BUNDLE);
		assertThat(watch.await(() -> this.snapshots.exportJob(job), () -> true, (told) -> {
		})).isEmpty();
		assertThat(watch.await(() -> this.snapshots.exportJob(job), () -> false, (told) -> {
		})).hasValueSatisfying((over) -> assertThat(over.state()).isEqualTo(State.COMPLETED));
		this.server.snapshots().delay(Duration.ofHours(1));
		long stuck = this.snapshots.export(BOOKS, "s", BUNDLE);
		JobWatch impatient = new JobWatch(
				new Timing(Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(100)));
		assertThatExceptionOfType(MilvusException.class)
			.isThrownBy(() -> impatient.await(() -> this.snapshots.exportJob(stuck), () -> false, (told) -> {
			}))
			.withMessageContaining("no progress")
			.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.UNAVAILABLE));
	}

	@Test
	void secretsAreNotPrinted() {
		assertThat(new Place("s3://b/k", "secret")).hasToString("s3://b/k");
	}

	@Test
	void olderServersHaveNone() {
		try (FakeMilvus old = FakeMilvus.start("2.6.11", new MemoryObjectStore(), ObjectPrefix.of("files"));
				Milvus milvus = new DefaultMilvusConnector().connect(old.properties())) {
			assertThat(milvus.snapshots().areSupported()).isFalse();
			assertThatExceptionOfType(MilvusException.class).isThrownBy(() -> milvus.snapshots().create(BOOKS, "s"))
				.satisfies((ex) -> assertThat(ex.kind()).isEqualTo(Kind.UNSUPPORTED));
		}
		assertThat(this.snapshots.areSupported()).isTrue();
	}

}
