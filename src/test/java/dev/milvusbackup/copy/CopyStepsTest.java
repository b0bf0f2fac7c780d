package dev.milvusbackup.copy;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedCollection.State;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.testing.Fault;
import dev.milvusbackup.testing.Fault.Operation;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;

import static org.assertj.core.api.Assertions.assertThat;

class CopyStepsTest {

	private final CopyHarness harness;

	CopyStepsTest() throws Exception {
		this.harness = new CopyHarness();
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void everySegmentIsCopiedAndMarked() throws Exception {
		this.harness.plan(40, 9);
		assertThat(this.harness.copy().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.done()).hasSize(40);
		assertThat(this.harness.copies.keys()).hasSize(360).contains(this.harness.key(7, 8));
		assertThat(this.harness.target.calls(Operation.COPY)).isEqualTo(360);
		assertThat(this.harness.target.calls(Operation.STAT)).isZero();
	}

	@Test
	void nothingToCopyIsComplete() throws Exception {
		this.harness.plan(0, 0);
		assertThat(this.harness.copy().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.copies.keys()).isEmpty();
	}

	@Test
	void aThousandSegmentsMakeFewStepExecutions() throws Exception {
		this.harness.plan(1000, 1);
		JobExecution execution = this.harness.copy();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(execution.getStepExecutions()).hasSizeLessThanOrEqualTo(3 + 4 * 4);
		assertThat(this.harness.done()).hasSize(1000);
	}

	@Test
	void noMoreSegmentsThanAllowedAreCopiedAtOnce() throws Exception {
		this.harness.segments = 1;
		this.harness.plan(6, 3);
		Fault.Hang hang = this.harness.target.on(Operation.COPY).nth(2).hang();
		CompletableFuture<JobExecution> running = CompletableFuture.supplyAsync(this::copy);
		Awaitility.await().until(hang::reached);
		Awaitility.await().until(() -> this.harness.copies.keys().size() == 2);
		assertThat(this.harness.target.calls(Operation.COPY)).isEqualTo(3);
		hang.release();
		assertThat(running.get(30, TimeUnit.SECONDS).getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.done()).hasSize(6);
	}

	@Test
	void oneObjectThatFailsKeepsNoOtherSegmentFromBeingDone() throws Exception {
		this.harness.concurrency = 1;
		this.harness.plan(12, 3);
		this.harness.target.on(Operation.COPY).key(this.harness.key(5, 1)).fail();
		JobExecution execution = this.harness.copy();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(CopyHarness.failure(execution)).isInstanceOf(StorageException.class).hasMessageContaining("503");
		assertThat(this.harness.done())
			.containsExactlyElementsOf(LongStream.rangeClosed(1, 12).filter((id) -> id != 5).boxed().toList());
	}

	@Test
	void restartCopiesOnlyWhatIsMissing() throws Exception {
		this.harness.plan(30, 4);
		this.harness.target.on(Operation.COPY).key(this.harness.key(11, 0)).fail();
		this.harness.target.on(Operation.COPY).key(this.harness.key(23, 3)).fail();
		assertThat(this.harness.copy().getStatus()).isEqualTo(BatchStatus.FAILED);
		this.harness.target.heal();
		assertThat(this.harness.copy().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target.calls(Operation.COPY)).isEqualTo(8);
		assertThat(this.harness.done()).hasSize(30);
		assertThat(this.harness.copies.keys()).hasSize(120);
	}

	@Test
	void aStopKeepsWhatIsCompleteAndEndsAsStopped() throws Exception {
		this.harness.plan(8, 2);
		Fault.Hang hang = this.harness.target.on(Operation.COPY).key(this.harness.key(3, 0)).hang();
		CompletableFuture<JobExecution> running = CompletableFuture.supplyAsync(this::copy);
		Awaitility.await().until(() -> hang.reached() && this.harness.copies.keys().size() == 15);
		this.harness.stop();
		JobExecution execution = running.get(30, TimeUnit.SECONDS);
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.STOPPED);
		assertThat(this.harness.done()).doesNotContain(3L).hasSize(7);
		this.harness.target.heal();
		assertThat(copy().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.target.calls(Operation.COPY)).isEqualTo(2);
	}

	@Test
	void aClosedCopyHasNoCopiesUnderWay() throws Exception {
		this.harness.plan(1, 1);
		Fault.Hang hang = this.harness.target.on(Operation.COPY).hang();
		CompletableFuture<JobExecution> running = CompletableFuture.supplyAsync(this::copy);
		Awaitility.await().until(hang::reached);
		this.harness.stop();
		running.get(30, TimeUnit.SECONDS);
		assertThat(Thread.getAllStackTraces().keySet()).noneMatch((thread) -> thread.getName().startsWith("transfer-"));
		assertThat(this.harness.copies.keys()).isEmpty();
	}

	@Test
	void aSourceThatIsGoneFailsNamingTheObject() throws Exception {
		this.harness.plan(3, 2);
		String gone = this.harness.sourceLayout
			.key(this.harness.planned(2).segment(), this.harness.planned(2).segment().binlogs().get(0))
			.value();
		this.harness.source.delete(List.of(new ObjectKey(gone)));
		JobExecution execution = this.harness.copy();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(CopyHarness.failure(execution)).isInstanceOf(ObjectNotFoundException.class)
			.hasMessageContaining(gone);
		assertThat(this.harness.done()).containsExactly(1L, 3L);
	}

	@Test
	void aSourceThatIsAnotherObjectNowIsNotCopied() throws Exception {
		this.harness.plan(2, 1);
		this.harness.source.put(this.harness.sourceLayout
			.key(this.harness.planned(1).segment(), this.harness.planned(1).segment().binlogs().get(0))
			.value(), "segment X object 0");
		assertThat(this.harness.copy().getStatus()).isEqualTo(BatchStatus.FAILED);
		assertThat(this.harness.done()).containsExactly(2L);
	}

	@Test
	void withoutASegmentThatVanishedTheOthersGoOn() throws Exception {
		this.harness.plan(5, 1);
		this.harness.vanished = (segment, cause) -> assertThat(segment.id()).isEqualTo(4);
		this.harness.source.delete(List.of(this.harness.sourceLayout.key(this.harness.planned(4).segment(),
				this.harness.planned(4).segment().binlogs().get(0))));
		assertThat(this.harness.copy().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.done()).containsExactly(1L, 2L, 3L, 5L);
	}

	@Test
	void collectionsThatAreNotPlannedAreLeftAlone() throws Exception {
		this.harness.plan(3, 1);
		this.harness.ledger.putCollections(this.harness.run,
				List.of(new PlannedCollection(CopyHarness.COLLECTION, "default.c", "{}", State.SKIPPED, "gone")));
		assertThat(this.harness.copy().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.copies.keys()).isEmpty();
	}

	@Test
	void copiesThatDisappearAreSetBackAndCopiedAgain() throws Exception {
		this.harness.plan(4, 2);
		String key = this.harness.key(2, 1);
		this.harness.target.on(Operation.COPY)
			.key(key)
			.nth(1)
			.after(() -> this.harness.copies.delete(List.of(new ObjectKey(key))));
		JobExecution execution = this.harness.copy();
		assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.harness.done()).containsExactly(1L, 3L, 4L);
		assertThat(this.harness.planned(2).attempts()).isOne();
	}

	@Test
	void theConcurrencyIsABound() throws Exception {
		this.harness.concurrency = 2;
		this.harness.plan(6, 5);
		AtomicInteger now = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		this.harness.target.on(Operation.COPY).run(() -> most.accumulateAndGet(now.incrementAndGet(), Math::max));
		this.harness.target.on(Operation.COPY).after(now::decrementAndGet);
		assertThat(this.harness.copy().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(most.get()).isBetween(1, 2);
	}

	private JobExecution copy() {
		try {
			return this.harness.copy();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
