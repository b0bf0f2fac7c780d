package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.milvus.MilvusFeatures.Feature;
import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;

/**
 * Sends requests: paces them, repeats what failed for a passing reason, and turns every
 * failure into a {@link MilvusException}. The only place that repeats. Thread-safe;
 * interrupting the calling thread ends a call.
 */
final class MilvusCalls {

	private final MilvusChannel channel;

	private final CallLimits limits;

	private final MilvusFeatures features;

	private final CallFailures failures;

	private final Map<Pace, RateLimiter> limiters = new EnumMap<>(Pace.class);

	MilvusCalls(MilvusChannel channel, CallLimits limits, MilvusFeatures features, CallFailures failures) {
		this.channel = channel;
		this.limits = limits;
		this.features = features;
		this.failures = failures;
		for (Pace pace : Pace.values()) {
			this.limiters.put(pace, new RateLimiter(pace, System::nanoTime));
		}
	}

	MilvusFeatures features() {
		return this.features;
	}

	CallLimits limits() {
		return this.limits;
	}

	CallFailures failures() {
		return this.failures;
	}

	/**
	 * Sends a request that may be repeated.
	 */
	<T> T send(Call<T> call) {
		requireDatabase(call);
		Patience patience = new Patience((call.limit() != null) ? call.limit() : this.limits.patience());
		while (true) {
			try {
				pause(call.action(), TimeUnit.NANOSECONDS.toMillis(this.limiters.get(call.pace()).reserve()));
				return attempt(call);
			}
			catch (MilvusException ex) {
				if (ex.kind() != Kind.UNAVAILABLE || Thread.currentThread().isInterrupted() || patience.isOver()) {
					throw ex;
				}
				pause(call.action(), patience.nextDelay());
			}
		}
	}

	/**
	 * Sends a request once.
	 * @throws MilvusException of kind UNKNOWN_OUTCOME unless it is certain that the
	 * server did nothing
	 */
	<T> T sendOnce(Call<T> call) {
		requireDatabase(call);
		SentTracer tracer = new SentTracer();
		T answer;
		try {
			answer = call.rpc().apply(stub(call).withInterceptors(tracer));
		}
		catch (StatusRuntimeException ex) {
			throw tracer.isSent() ? this.failures.afterSending(call, ex) : this.failures.of(call, ex);
		}
		Status status = call.status().apply(answer);
		if (StatusReader.isGood(status)) {
			return answer;
		}
		throw StatusReader.isOutcomeUnknown(status)
				? this.failures.unknownOutcome(call.action(), StatusReader.reason(status), null)
				: this.failures.of(call, status);
	}

	private <T> T attempt(Call<T> call) {
		T answer;
		try {
			answer = call.rpc().apply(stub(call));
		}
		catch (StatusRuntimeException ex) {
			throw this.failures.of(call, ex);
		}
		Status status = call.status().apply(answer);
		RateLimiter limiter = this.limiters.get(call.pace());
		if (StatusReader.isGood(status) || call.accepted().test(status)) {
			limiter.accepted();
			return answer;
		}
		if (StatusReader.isThrottled(status)) {
			limiter.refused();
		}
		throw this.failures.of(call, status);
	}

	private MilvusServiceBlockingStub stub(Call<?> call) {
		return this.channel.stub(call.database(), deadline(call));
	}

	private Duration deadline(Call<?> call) {
		Duration limit = call.limit();
		return (limit != null && limit.compareTo(this.limits.call()) < 0) ? limit : this.limits.call();
	}

	/** An old server ignores the database's header and would act on the default one. */
	private void requireDatabase(Call<?> call) {
		if (!call.database().equals(CollectionName.DEFAULT_DATABASE) && !this.features.has(Feature.MULTI_DATABASE)) {
			throw this.failures.unsupported(call.action(), "Milvus " + this.features + " has no databases");
		}
	}

	void pause(String action, long millis) {
		if (millis <= 0) {
			return;
		}
		try {
			TimeUnit.MILLISECONDS.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw this.failures.interrupted(action, ex);
		}
	}

}
