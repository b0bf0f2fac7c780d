package dev.milvusbackup.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

import dev.milvusbackup.crash.Moment.When;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/**
 * Watches what the child does, writes it down, and acts when the moment has come.
 * Thread-safe.
 */
final class Hooks implements StepExecutionListener {

	private static final long PAUSE_NANOS = 5_000_000;

	private final Moment moment;

	private final Records records;

	private final Map<String, Integer> calls = new ConcurrentHashMap<>();

	private final CountDownLatch word = new CountDownLatch(1);

	private volatile @Nullable StepExecution step;

	Hooks(Moment moment, Path records) {
		this.moment = moment;
		this.records = new Records(records);
		Thread listener = new Thread(this::listen, "word-of-parent");
		listener.setDaemon(true);
		listener.start();
	}

	@Override
	public void beforeStep(StepExecution stepExecution) {
		this.step = stepExecution;
		this.records.add("begin " + stepExecution.getStepName());
		if (this.moment.isStep(When.BEGIN, stepExecution.getStepName())) {
			act();
		}
	}

	@Override
	public @Nullable ExitStatus afterStep(StepExecution stepExecution) {
		this.records.add("end " + stepExecution.getStepName());
		if (this.moment.isStep(When.END, stepExecution.getStepName())) {
			act();
		}
		this.step = null;
		return null;
	}

	/**
	 * The same object, watched.
	 * @param detail what to write down of the arguments of a call
	 * @param result wraps what a method returns
	 */
	<T> T watch(Class<T> type, T target, Function<Object[], String> detail, Function<Object, Object> result) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				Object[] all = (arguments != null) ? arguments : new Object[0];
				String what = detail.apply(all);
				return result.apply(call(method, what, () -> invoke(method, target, all)));
			}));
	}

	private @Nullable Object call(Method method, String detail, Call call) throws Throwable {
		StepExecution running = this.step;
		String current = (running != null) ? running.getStepName() : Moment.OUTSIDE;
		boolean counts = !detail.endsWith("/lease.json");
		int number = counts ? this.calls.merge(current + " " + method.getName(), 1, Integer::sum) : 0;
		if (this.moment.isCall(When.BEFORE, current, method.getName(), number)) {
			act();
		}
		Object result = call.run();
		this.records.add(method.getName() + " " + detail);
		if (this.moment.isCall(When.AFTER, current, method.getName(), number)) {
			act();
		}
		return result;
	}

	private static @Nullable Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

	private void act() {
		this.records.add(Records.REACHED);
		switch (this.moment.action()) {
			case DIE -> die();
			case WAIT_FOR_PARENT -> waitForParent();
			case WAIT_FOR_STOP -> waitForStop();
		}
	}

	private void die() {
		try {
			new ProcessBuilder("kill", "-KILL", Long.toString(ProcessHandle.current().pid())).inheritIO().start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		while (true) {
			LockSupport.parkNanos(Long.MAX_VALUE);
		}
	}

	private void waitForParent() {
		try {
			this.word.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void waitForStop() {
		StepExecution running = this.step;
		while (running != null && !running.getJobExecution()
			.getStepExecutions()
			.stream()
			.filter((execution) -> execution.getStatus().isRunning())
			.allMatch(StepExecution::isTerminateOnly)) {
			LockSupport.parkNanos(PAUSE_NANOS);
		}
	}

	private void listen() {
		try {
			System.in.read();
			this.word.countDown();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The call itself.
	 */
	@FunctionalInterface
	private interface Call {

		@Nullable Object run() throws Throwable;

	}

}
