package dev.milvusbackup.milvus;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RateLimiterTest {

	private final AtomicLong clock = new AtomicLong();

	@Test
	void afterTheFirstOnesRequestsAreSpacedEvenlyWithoutBursts() {
		RateLimiter limiter = new RateLimiter(Pace.COLLECTION, this.clock::get);
		for (int i = 0; i < 5; i++) {
			assertThat(limiter.reserve()).isZero();
		}
		assertThat(limiter.reserve()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
		this.clock.set(TimeUnit.SECONDS.toNanos(10));
		assertThat(limiter.reserve()).isZero();
		assertThat(limiter.reserve()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
	}

	@Test
	void aComplaintEndsWhatMayGoAtOnce() {
		RateLimiter limiter = new RateLimiter(Pace.FLUSH, this.clock::get);
		assertThat(limiter.reserve()).isZero();
		limiter.refused();
		assertThat(limiter.reserve()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(200));
		assertThat(limiter.reserve()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(600));
	}

	@Test
	void theRateGrowsByOneAndHalvesWhenTheServerComplains() {
		RateLimiter limiter = new RateLimiter(Pace.FLUSH, this.clock::get);
		limiter.accepted();
		assertThat(limiter.perSecond()).isEqualTo(6);
		limiter.refused();
		limiter.refused();
		limiter.refused();
		assertThat(limiter.perSecond()).isEqualTo(0.75);
		limiter.accepted();
		assertThat(limiter.perSecond()).isCloseTo(0.85, within(1e-9));
	}

	@Test
	void theRateStaysWithinItsBounds() {
		RateLimiter flush = new RateLimiter(Pace.FLUSH, this.clock::get);
		RateLimiter index = new RateLimiter(Pace.INDEX, this.clock::get);
		for (int i = 0; i < 200; i++) {
			flush.refused();
			index.accepted();
		}
		assertThat(flush.perSecond()).isEqualTo(0.01);
		assertThat(index.perSecond()).isEqualTo(100);
	}

	@Test
	void otherRequestsDoNotWait() {
		RateLimiter limiter = new RateLimiter(Pace.FREE, this.clock::get);
		assertThat(limiter.reserve() + limiter.reserve()).isZero();
	}

}
