package dev.milvusbackup.ledger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class RunLeaseTest extends LedgerTest {

	private static final LeaseTiming SLOW = new LeaseTiming(Duration.ofMinutes(1), Duration.ofMinutes(5));

	private static final LeaseTiming FAST = new LeaseTiming(Duration.ofMillis(50), Duration.ofMillis(300));

	private final Queue<HeldLease> held = new ConcurrentLinkedQueue<>();

	/** Its heartbeat would go on in the log of other tests. */
	@AfterEach
	void giveBack() {
		this.held.forEach(HeldLease::close);
	}

	@Test
	void ofManyAtOnceOneGetsTheLease() throws Exception {
		RunLease leases = new RunLease(this.ledger, SLOW);
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			Callable<LeaseAttempt> attempt = () -> attempt(leases, "run", LeaseOwner.here());
			int held = 0;
			for (Future<LeaseAttempt> result : threads.invokeAll(java.util.Collections.nCopies(8, attempt))) {
				held += (result.get() instanceof HeldLease) ? 1 : 0;
			}
			assertThat(held).isEqualTo(1);
		}
		finally {
			threads.shutdown();
		}
	}

	@Test
	void leaseIsFreeAgainAfterItWasClosed() {
		RunLease leases = new RunLease(this.ledger, SLOW);
		LeaseOwner first = LeaseOwner.here();
		HeldLease held = hold(leases, first);
		assertThat(attempt(leases, "run", LeaseOwner.here())).isEqualTo(new LeaseAttempt.Taken(first));
		assertThat(leases.owner("run")).contains(first);
		assertThat(attempt(leases, "other", LeaseOwner.here())).isInstanceOf(HeldLease.class);
		held.close();
		held.close();
		assertThat(leases.owner("run")).isEmpty();
		assertThat(hold(leases, LeaseOwner.here()).replaced()).isEmpty();
	}

	@Test
	void ownerWhoseProcessEndedIsReplacedAtOnce() throws Exception {
		Process ended = new ProcessBuilder("true").start();
		ended.waitFor();
		LeaseOwner here = LeaseOwner.here();
		assertReplaced(new LeaseOwner("gone", here.host(), here.machine(), ended.pid(), "12"));
	}

	@Test
	void ownerWhosePidBelongsToALaterProcessIsReplacedAtOnce() {
		LeaseOwner here = LeaseOwner.here();
		assertReplaced(new LeaseOwner("gone", here.host(), here.machine(), here.pid(), here.processStart() + "0"));
	}

	@Test
	void killedProcessWhoseParentDoesNotCareIsReplacedAtOnce() throws Exception {
		// The shell starts a child, becomes a program that never asks for it, and kills
		// it.
		Process parent = new ProcessBuilder("sh", "-c", "sleep 100 & echo $!; exec sleep 100").start();
		try {
			long pid = Long.parseLong(parent.inputReader().readLine());
			ProcessIdentity child = ProcessIdentity.of(pid);
			assertThat(child.isGone(ProcessIdentity.current())).isFalse();
			ProcessHandle.of(pid).orElseThrow().destroyForcibly();
			await().until(() -> child.isGone(ProcessIdentity.current()));
		}
		finally {
			parent.destroyForcibly();
		}
	}

	@Test
	void ownerElsewhereIsReplacedOnlyAfterTheExpiry() {
		RunLease leases = new RunLease(this.ledger, SLOW);
		LeaseOwner elsewhere = new LeaseOwner("far", "far-host", "other machine", 1, "1");
		HeldLease theirs = hold(leases, elsewhere);
		assertThat(attempt(leases, "run", LeaseOwner.here())).isEqualTo(new LeaseAttempt.Taken(elsewhere));
		age(SLOW.expiry().plusSeconds(1));
		assertThat(leases.owner("run")).isEmpty();
		assertThat(hold(leases, LeaseOwner.here()).replaced()).contains(elsewhere);
		theirs.close();
		assertThat(leases.owner("run")).isPresent();
	}

	@Test
	void silentProcessOnThisMachineIsNotReplacedWhileItIsThere() throws Exception {
		Process sleeping = new ProcessBuilder("sleep", "100").start();
		try {
			RunLease leases = new RunLease(this.ledger, SLOW);
			LeaseOwner owner = LeaseOwner.of("sleeper", ProcessIdentity.of(sleeping.pid()));
			hold(leases, owner);
			age(SLOW.expiry().multipliedBy(2));
			assertThat(attempt(leases, "run", LeaseOwner.here())).isEqualTo(new LeaseAttempt.Taken(owner));
		}
		finally {
			sleeping.destroyForcibly();
		}
	}

	@Test
	void leaseThatThisProcessFailedToGiveBackExpires() {
		RunLease leases = new RunLease(this.ledger, SLOW);
		LeaseOwner forgotten = LeaseOwner.here();
		hold(leases, forgotten);
		age(SLOW.expiry().plusSeconds(1));
		assertThat(hold(leases, LeaseOwner.here()).replaced()).contains(forgotten);
	}

	@Test
	void heldLeaseIsRenewed() {
		RunLease leases = new RunLease(this.ledger, FAST);
		try (HeldLease held = hold(leases, new LeaseOwner("far", "far-host", "other machine", 1, "1"))) {
			age(Duration.ofHours(1));
			await().untilAsserted(() -> assertThat(leases.owner("run")).isPresent());
			assertThat(held.isLost()).isFalse();
		}
	}

	@Test
	void lossToAnotherOwnerIsNoticedOnce() {
		AtomicInteger lost = new AtomicInteger();
		RunLease leases = new RunLease(this.ledger, FAST);
		try (HeldLease held = (HeldLease) leases.acquire("run", LeaseOwner.here(), lost::incrementAndGet)) {
			jdbc().update("UPDATE mb_lease SET owner_id = 'thief'");
			await().until(held::isLost);
			await().untilAsserted(() -> assertThat(lost).hasValue(1));
			await().during(Duration.ofMillis(200)).until(() -> lost.get() == 1);
		}
		assertThat(jdbc().queryForObject("SELECT owner_id FROM mb_lease", String.class)).isEqualTo("thief");
	}

	@Test
	void databaseThatIsAwayForLongerThanTheExpiryMeansLoss() {
		AtomicInteger lost = new AtomicInteger();
		RunLease leases = new RunLease(this.ledger, FAST);
		try (HeldLease held = (HeldLease) leases.acquire("run", LeaseOwner.here(), lost::incrementAndGet)) {
			this.database.dataSource().close();
			await().untilAsserted(() -> assertThat(lost).hasValue(1));
			assertThat(held.isLost()).isTrue();
		}
	}

	@Test
	void closedLeaseIsNotReportedAsLost() {
		AtomicInteger lost = new AtomicInteger();
		RunLease leases = new RunLease(this.ledger, FAST);
		for (int i = 0; i < 20; i++) {
			((HeldLease) leases.acquire("run", LeaseOwner.here(), lost::incrementAndGet)).close();
		}
		await().during(Duration.ofMillis(300)).until(() -> lost.get() == 0);
	}

	private void assertReplaced(LeaseOwner dead) {
		RunLease leases = new RunLease(this.ledger, SLOW);
		hold(leases, dead);
		assertThat(leases.owner("run")).isEmpty();
		HeldLease held = hold(leases, LeaseOwner.here());
		assertThat(held.replaced()).isEqualTo(Optional.of(dead));
	}

	private HeldLease hold(RunLease leases, LeaseOwner owner) {
		LeaseAttempt attempt = attempt(leases, "run", owner);
		assertThat(attempt).isInstanceOf(HeldLease.class);
		return (HeldLease) attempt;
	}

	private LeaseAttempt attempt(RunLease leases, String key, LeaseOwner owner) {
		LeaseAttempt attempt = leases.acquire(key, owner, RunLeaseTest::nothing);
		if (attempt instanceof HeldLease lease) {
			this.held.add(lease);
		}
		return attempt;
	}

	private void age(Duration age) {
		jdbc().update("UPDATE mb_lease SET heartbeat = heartbeat - ?", age.toMillis());
	}

	private JdbcTemplate jdbc() {
		return new JdbcTemplate(this.database.dataSource());
	}

	private static void nothing() {
		List.of();
	}

}
