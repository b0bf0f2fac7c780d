package dev.milvusbackup.rest.v2;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunLookUp;
import dev.milvusbackup.launch.RunPhase;
import dev.milvusbackup.rest.ServerThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells clients how far runs are, once a second. Thread-safe.
 */
final class RunEvents implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(RunEvents.class);

	private static final Duration TICK = Duration.ofSeconds(1);

	/** A client that is still interested connects again. */
	private static final Duration LONGEST = Duration.ofMinutes(30);

	private static final int MOST = 64;

	private final RunLookUp lookUp;

	private final Semaphore places = new Semaphore(MOST);

	private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

	private final ScheduledExecutorService ticks;

	RunEvents(RunLookUp lookUp) {
		this.lookUp = lookUp;
		this.ticks = Executors.newScheduledThreadPool(2, new ServerThreads("events-"));
	}

	/**
	 * @throws LaunchException when too many clients follow runs
	 */
	SseEmitter follow(RunDetail run) {
		if (!this.places.tryAcquire()) {
			throw new LaunchException(ExitCode.RUNNING,
					"unable to follow run '" + run.run().id() + "': " + MOST + " clients do already",
					"ask for the run from time to time instead");
		}
		Subscription subscription = new Subscription(run.run().id(), new SseEmitter(LONGEST.toMillis()));
		subscription.emitter.onCompletion(subscription::release);
		subscription.emitter.onTimeout(subscription.emitter::complete);
		subscription.emitter.onError((failure) -> subscription.release());
		this.subscriptions.add(subscription);
		this.ticks.execute(subscription);
		return subscription.emitter;
	}

	@Override
	public void start() {
		// clients start it
	}

	/**
	 * Lets the clients go, for whom the web server would wait.
	 */
	@Override
	public void stop() {
		this.ticks.shutdownNow();
		this.subscriptions.forEach((subscription) -> subscription.emitter.complete());
	}

	@Override
	public boolean isRunning() {
		return !this.ticks.isShutdown();
	}

	/**
	 * Stopped before the web server.
	 */
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

	private final class Subscription implements Runnable {

		private final long run;

		private final SseEmitter emitter;

		private @Nullable RunResource last;

		private boolean released;

		Subscription(long run, SseEmitter emitter) {
			this.run = run;
			this.emitter = emitter;
		}

		@Override
		public void run() {
			try {
				RunDetail now = RunEvents.this.lookUp.find(this.run).orElse(null);
				if (now == null) {
					this.emitter.complete();
					return;
				}
				send(RunResource.of(now));
				if (now.phase() != RunPhase.RUNNING) {
					this.emitter.complete();
					return;
				}
				RunEvents.this.ticks.schedule(this, TICK.toMillis(), TimeUnit.MILLISECONDS);
			}
			catch (IOException | IllegalStateException ex) {
				// the client is gone
				this.emitter.completeWithError(ex);
			}
			catch (RejectedExecutionException ex) {
				this.emitter.complete();
			}
			catch (RuntimeException ex) {
				logger.warn("unable to follow run '{}': {}", this.run, ex.getMessage());
				this.emitter.completeWithError(ex);
			}
		}

		private void send(RunResource now) throws IOException {
			if (!now.equals(this.last)) {
				this.last = now;
				this.emitter.send(SseEmitter.event().name("run").data(now, MediaType.APPLICATION_JSON));
			}
		}

		private synchronized void release() {
			if (!this.released) {
				this.released = true;
				RunEvents.this.subscriptions.remove(this);
				RunEvents.this.places.release();
			}
		}

	}

}
