package dev.milvusbackup.copy;

import java.util.List;
import java.util.function.Consumer;

import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.Fault.Operation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SegmentVerifierTest {

	private final CopyHarness harness;

	SegmentVerifierTest() throws Exception {
		this.harness = new CopyHarness();
	}

	@BeforeEach
	void copy() throws Exception {
		this.harness.plan(5, 2);
		assertThat(this.harness.copy().getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(verify()).isZero();
	}

	@AfterEach
	void close() {
		this.harness.close();
	}

	@Test
	void aMissingObjectSetsItsSegmentBack() {
		assertSetBack((key) -> this.harness.copies.delete(List.of(new ObjectKey(key))));
	}

	@Test
	void anObjectOfAnotherSizeSetsItsSegmentBack() {
		assertSetBack((key) -> this.harness.copies.put(key, "longer than it ought to be"));
	}

	@Test
	void anObjectOfEqualSizeAndOtherContentSetsItsSegmentBack() {
		assertSetBack((key) -> this.harness.copies.put(key, "segment 4 object X"));
	}

	@Test
	void aSegmentThatIsNotDoneIsNotLookedAt() {
		this.harness.ledger.undo(this.harness.run, CopyHarness.COLLECTION, 4);
		this.harness.copies.delete(List.of(new ObjectKey(this.harness.key(4, 0))));
		assertThat(verify()).isZero();
		assertThat(this.harness.planned(4).attempts()).isOne();
	}

	@Test
	void objectsOfOthersDoNotMatter() {
		this.harness.copies.put(this.harness.layout.logs(BinlogKind.INSERT, 1).value() + "10/4/4/100/77", "foreign");
		assertThat(verify()).isZero();
	}

	@Test
	void aSegmentThatNeverBecomesWholeEndsTheCopy() {
		Segment copied = this.harness.planned(4).segment();
		this.harness.copies.delete(List.of(new ObjectKey(this.harness.key(4, 1))));
		for (int attempt = 1; attempt < 3; attempt++) {
			assertThat(verify()).isOne();
			this.harness.ledger.done(this.harness.run, List.of(copied));
		}
		assertThatExceptionOfType(CopyException.class).isThrownBy(this::verify)
			.withMessageContaining("segment '4'")
			.withMessageContaining("3 attempts");
		assertThat(this.harness.done()).doesNotContain(4L);
	}

	@Test
	void aListingThatFailsIsNoVerification() {
		this.harness.target.on(Operation.LIST_ENTRY).nth(3).fail();
		assertThatExceptionOfType(dev.milvusbackup.storage.StorageException.class).isThrownBy(this::verify);
		assertThat(this.harness.done()).hasSize(5);
	}

	private void assertSetBack(Consumer<String> damage) {
		damage.accept(this.harness.key(4, 1));
		assertThat(verify()).isOne();
		assertThat(this.harness.done()).containsExactly(1L, 2L, 3L, 5L);
		assertThat(this.harness.planned(4).attempts()).isOne();
	}

	private int verify() {
		List<ObjectPrefix> prefixes = List.of(this.harness.layout.logs(BinlogKind.INSERT, CopyHarness.COLLECTION));
		return new SegmentVerifier(this.harness.plan()).verify(CopyHarness.COLLECTION, prefixes);
	}

}
