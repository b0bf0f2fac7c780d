package dev.milvusbackup.backup;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.GarbageCollection;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.milvus.FakeManagement;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A pause is renewed while the job runs, and what is given back at the end is the ticket
 * of the renewal.
 */
class GcRenewalTest {

	private static final Duration OFTEN = Duration.ofMillis(30);

	private static final JobExecution EXECUTION = new JobExecution(1, new JobInstance(1, "backup"),
			new JobParameters());

	private final List<String> notes = new CopyOnWriteArrayList<>();

	@RepeatedTest(5)
	void eachCollectionKeepsOneTicketAndNoneIsLeftAtTheEnd() {
		try (FakeMilvus fake = FakeMilvus.start("2.6.8", new MemoryObjectStore(), ObjectPrefix.ROOT);
				Milvus milvus = new DefaultMilvusConnector().connect(fake.properties())) {
			FakeManagement management = fake.management();
			GcPause pause = new GcPause(milvus.garbageCollection(), OFTEN, this.notes::add);
			pause.beforeJob(EXECUTION);
			pause.hold(List.of(1L, 2L));
			Awaitility.await().until(() -> management.pauses() >= 6);
			assertThat(management.pausesByCollection().covers(1)).isTrue();
			assertThat(management.pausesByCollection().covers(2)).isTrue();
			assertThat(management.pausesByCollection().covers(3)).isFalse();
			pause.afterJob(EXECUTION);
			assertThat(management.pausesByCollection().open()).isZero();
			assertThat(management.resumes()).isEqualTo(management.pauses());
		}
	}

	@Test
	void aPauseOfTheWholeServerIsProlongedAndGivenBackOnce() {
		try (FakeMilvus fake = FakeMilvus.start("2.4.4", new MemoryObjectStore(), ObjectPrefix.ROOT);
				Milvus milvus = new DefaultMilvusConnector().connect(fake.properties())) {
			GcPause pause = new GcPause(milvus.garbageCollection(), OFTEN, this.notes::add);
			pause.beforeJob(EXECUTION);
			Awaitility.await().until(() -> fake.management().pauses() >= 3);
			assertThat(fake.management().isPaused()).isTrue();
			assertThat(fake.management().resumes()).isZero();
			pause.afterJob(EXECUTION);
			assertThat(fake.management().isPaused()).isFalse();
			assertThat(fake.management().resumes()).isOne();
		}
	}

	@Test
	void aCollectionIsNeverWithoutATicketWhileOneIsReplaced() {
		Tickets tickets = new Tickets();
		GcPause pause = new GcPause(tickets, OFTEN, this.notes::add);
		pause.beforeJob(EXECUTION);
		pause.hold(List.of(1L));
		Awaitility.await().until(() -> tickets.given.get() >= 5);
		pause.afterJob(EXECUTION);
		assertThat(tickets.unprotected.get()).isZero();
		assertThat(tickets.open).isEmpty();
	}

	@Test
	void aRenewalThatFailsKeepsTheOldTicketAndIsTriedAgain() {
		Tickets tickets = new Tickets();
		GcPause pause = new GcPause(tickets, OFTEN, this.notes::add);
		pause.beforeJob(EXECUTION);
		pause.hold(List.of(1L, 2L));
		tickets.refusing = true;
		Awaitility.await().until(() -> tickets.refused.get() >= 2);
		assertThat(tickets.open).containsExactlyInAnyOrder("t1", "t2");
		tickets.refusing = false;
		Awaitility.await().until(() -> tickets.given.get() >= 4);
		pause.afterJob(EXECUTION);
		assertThat(tickets.open).isEmpty();
	}

	@Test
	void aTicketThatCannotBeGivenBackDoesNotKeepTheOthers() {
		Tickets tickets = new Tickets();
		GcPause pause = new GcPause(tickets, Duration.ofHours(1), this.notes::add);
		pause.beforeJob(EXECUTION);
		pause.hold(List.of(1L, 2L, 3L));
		tickets.lost.add("t1");
		pause.afterJob(EXECUTION);
		assertThat(tickets.open).containsExactly("t1");
	}

	/**
	 * Gives tickets, and notes when a collection has none.
	 */
	private static final class Tickets implements GarbageCollection {

		private final AtomicInteger given = new AtomicInteger();

		private final AtomicInteger refused = new AtomicInteger();

		private final AtomicInteger unprotected = new AtomicInteger();

		private final Set<String> open = new ConcurrentSkipListSet<>();

		private final Map<String, Long> collections = new ConcurrentHashMap<>();

		private final Set<String> lost = ConcurrentHashMap.newKeySet();

		private volatile boolean refusing;

		@Override
		public boolean pausesCollections() {
			return true;
		}

		@Override
		public String pause(long collectionId, Duration duration) {
			if (this.refusing) {
				this.refused.incrementAndGet();
				throw new MilvusException(MilvusException.Kind.UNAVAILABLE, "unable to pause: away", null, null);
			}
			String ticket = "t" + this.given.incrementAndGet();
			this.collections.put(ticket, collectionId);
			this.open.add(ticket);
			return ticket;
		}

		@Override
		public void resume(String ticket) {
			if (this.lost.contains(ticket)) {
				throw new MilvusException(MilvusException.Kind.REFUSED, "unable to resume: no such ticket", null, null);
			}
			this.open.remove(ticket);
			Long collection = this.collections.get(ticket);
			boolean covered = this.open.stream().anyMatch((other) -> collection.equals(this.collections.get(other)));
			// the last one is given back when the job has ended
			if (!covered && Thread.currentThread().getName().startsWith("gc-pause-")) {
				this.unprotected.incrementAndGet();
			}
		}

	}

}
