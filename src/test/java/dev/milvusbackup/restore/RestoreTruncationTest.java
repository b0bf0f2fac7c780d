package dev.milvusbackup.restore;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.ClusterState.FlushPositions;
import dev.milvusbackup.model.Collection.Checkpoint;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreDetails.Wishes;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.restore.RestoreException.Kind;
import dev.milvusbackup.testing.InterruptedCalls;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeEntry;
import io.milvus.grpc.ImmutableMessage;
import milvus.proto.msg.Msg.MsgPosition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What came after the end of a backup's data is left out on request: rows, and deletes of
 * rows that were there.
 */
class RestoreTruncationTest {

	private static final String PHYSICAL = "by-dev-rootcoord-dml_";

	private RestoreHarness harness;

	private FakeCollection books;

	private Map<String, List<FakeEntry>> atTheEnd;

	@AfterEach
	void stop() {
		this.harness.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.4.4", "2.5.20", "2.6.11" })
	void theCheckpointOfTheChannelIsTheEnd(String version) throws Exception {
		start(version, 2);
		long end = end();
		goOn();
		this.harness.backup()
			.version("v" + version)
			.checkpoint(checkpoint(Map.of(0, end, 1, end)))
			.add(this.books)
			.write(this.harness.backupStore, this.harness.layout);
		assertRestored(this.atTheEnd);
	}

	@Test
	void theFlushOfEverythingIsTheEndWhereThereIsNoCheckpoint() throws Exception {
		start("2.6.11", 2);
		long end = end();
		goOn();
		flushed(Map.of(0, end, 1, end, 2, 1L)).add(this.books).write(this.harness.backupStore, this.harness.layout);
		assertRestored(this.atTheEnd);
	}

	@Test
	void everyChannelHasItsOwnEnd() throws Exception {
		start("2.6.11", 2);
		long end = end();
		goOn();
		// nothing of the second channel is old enough
		flushed(Map.of(0, end, 1, end - (1L << 40))).add(this.books)
			.write(this.harness.backupStore, this.harness.layout);
		Map<String, List<FakeEntry>> even = new TreeMap<>();
		this.atTheEnd.forEach(
				(partition, rows) -> even.put(partition, rows.stream().filter((row) -> row.key() % 2 == 0).toList()));
		assertRestored(even);
	}

	@Test
	void aSegmentThatDoesNotTellItsChannelIsOfTheOnlyOne() throws Exception {
		start("2.6.11", 1);
		long end = end();
		goOn();
		flushed(Map.of(0, end)).withoutChannels().add(this.books).write(this.harness.backupStore, this.harness.layout);
		assertRestored(this.atTheEnd);
	}

	@Test
	void aSegmentThatDoesNotTellWhichOfTwoChannelsIsRefusedBeforeAnythingIsDone() throws Exception {
		start("2.6.11", 2);
		long end = end();
		flushed(Map.of(0, end, 1, end)).withoutChannels()
			.add(this.books)
			.write(this.harness.backupStore, this.harness.layout);
		assertRefused();
	}

	@Test
	void aFlushThatDoesNotTellTheChannelIsRefused() throws Exception {
		start("2.6.11", 2);
		flushed(Map.of(0, end())).add(this.books).write(this.harness.backupStore, this.harness.layout);
		assertRefused();
	}

	@Test
	void withoutTheWishEverythingComesBack() throws Exception {
		start("2.6.11", 2);
		long end = end();
		goOn();
		flushed(Map.of(0, end, 1, end)).add(this.books).write(this.harness.backupStore, this.harness.layout);
		this.harness.details = RestoreDetails.NONE;
		assertRestored(this.books.visible());
	}

	@Test
	void aRestartKeepsTheEnd() throws Exception {
		start("2.6.11", 2);
		long end = end();
		goOn();
		flushed(Map.of(0, end, 1, end)).add(this.books).write(this.harness.backupStore, this.harness.layout);
		this.harness.calls.after("submit", new InterruptedCalls.Killed());
		assertThat(this.harness.restore().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertRestored(this.atTheEnd);
	}

	private void start(String version, int shards) throws Exception {
		this.harness = new RestoreHarness(version);
		this.harness.details = new RestoreDetails(null, 0, SkipParams.NONE, true, Wishes.NONE);
		this.books = this.harness.fake.collection("books").shards(shards);
		this.books.history().insert("_default", 1, 2, 3, 4);
		this.books.history().insert("novels", 5, 6);
		this.books.history().flush();
		this.books.history().delete(null, 4);
		this.books.history().flush();
		this.atTheEnd = this.books.visible();
	}

	/** The flush before the backup. */
	private long end() {
		this.books.history().upsert("_default", 3);
		this.books.history().flush();
		this.atTheEnd = this.books.visible();
		return this.atTheEnd.values()
			.stream()
			.flatMap(List::stream)
			.mapToLong(FakeEntry::timestamp)
			.max()
			.orElseThrow();
	}

	/** What others write before the segments are listed. */
	private void goOn() {
		this.books.history().insert("_default", 7, 8);
		this.books.history().delete(null, 1, 6);
		this.books.history().upsert("novels", 5);
		this.books.history().flush();
		assertThat(this.books.visible()).isNotEqualTo(this.atTheEnd);
	}

	private Checkpoint checkpoint(Map<Integer, Long> ends) {
		Map<String, String> channels = new TreeMap<>();
		ends.forEach((shard, end) -> channels.put(PHYSICAL + shard + "_" + this.books.id() + "v" + shard, base64(
				MsgPosition.newBuilder().setChannelName(PHYSICAL + shard).setTimestamp(end).build().toByteArray())));
		return new Checkpoint(ends.values().stream().mapToLong(Long::longValue).max().orElse(0), 0, channels);
	}

	private FakeBackup flushed(Map<Integer, Long> ends) {
		Map<String, String> messages = new TreeMap<>();
		ends.forEach((shard, end) -> messages.put(PHYSICAL + shard, base64(
				ImmutableMessage.newBuilder().putProperties("_tt", Long.toString(end, 36)).build().toByteArray())));
		FlushPositions flush = new FlushPositions(messages, PHYSICAL + "0_vcchan", List.copyOf(messages.keySet()));
		return this.harness.backup()
			.version("v2.6.11")
			.cluster(new ClusterState(null, null, flush), List.of(new Database("default", 1, List.of(), null)));
	}

	private static String base64(byte[] bytes) {
		return Base64.getEncoder().encodeToString(bytes);
	}

	private void assertRestored(Map<String, List<FakeEntry>> expected) throws Exception {
		assertThat(this.harness.restore().getStatus()).as(this.harness.outcome().toString())
			.isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target("books_r").visible()).isEqualTo(expected);
	}

	private void assertRefused() throws Exception {
		assertThat(RestoreHarness.failure(this.harness.restore()))
			.isInstanceOfSatisfying(RestoreException.class, (ex) -> assertThat(ex.kind()).isEqualTo(Kind.PREFLIGHT))
			.hasMessageContaining("the backup has no checkpoint of channel");
		assertThat(this.harness.fake.find("books_r")).isNull();
	}

}
