package dev.milvusbackup.testing.milvus;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.Status.Code;

/**
 * What goes wrong with the next calls of a request, each named as in the protocol
 * ({@code Import}), those of REST by their path: a script a request, one entry a call;
 * when it is used up, calls succeed. Thread-safe.
 */
public final class Faults {

	private static final Fault NONE = new Fault(Effect.NONE, Code.OK, Status.getDefaultInstance());

	private final Map<String, Queue<Fault>> scripts = new HashMap<>();

	private final Map<String, Limit> limits = new HashMap<>();

	private final Map<String, Integer> calls = new HashMap<>();

	private final Answers answers;

	Faults(Answers answers) {
		this.answers = answers;
	}

	/**
	 * Lets that many calls succeed before the next entry.
	 */
	public Faults pass(String request, int times) {
		for (int i = 0; i < times; i++) {
			add(request, NONE);
		}
		return this;
	}

	/**
	 * The call is not executed and fails as if the server were gone.
	 */
	public Faults unavailable(String request) {
		return fail(request, Code.UNAVAILABLE);
	}

	/**
	 * The call is not executed and fails in the transport.
	 */
	public Faults fail(String request, Code code) {
		return add(request, new Fault(Effect.FAIL, code, Status.getDefaultInstance()));
	}

	/**
	 * The call is not executed; the answer asks for fewer requests.
	 */
	public Faults throttled(String request) {
		return add(request, new Fault(Effect.REFUSE, Code.OK, this.answers.rateLimited()));
	}

	/**
	 * The call is not executed; the answer is an error.
	 */
	public Faults refused(String request, int code, String reason) {
		return add(request, new Fault(Effect.REFUSE, Code.OK, this.answers.error(code, reason)));
	}

	/**
	 * The call is not executed; the answer is good but holds nothing.
	 */
	public Faults emptyAnswer(String request) {
		return add(request, new Fault(Effect.REFUSE, Code.OK, Status.getDefaultInstance()));
	}

	/**
	 * The call is executed, then the connection breaks.
	 */
	public Faults loseAnswer(String request) {
		return add(request, new Fault(Effect.LOSE_ANSWER, Code.UNAVAILABLE, Status.getDefaultInstance()));
	}

	/**
	 * The call is executed, and the answer says that the server failed.
	 */
	public Faults failAfterwards(String request) {
		return add(request, new Fault(Effect.LOSE_ANSWER, Code.INTERNAL, Status.getDefaultInstance()));
	}

	/**
	 * The call is not executed and never answered.
	 */
	public Faults hang(String request) {
		return add(request, new Fault(Effect.HANG, Code.OK, Status.getDefaultInstance()));
	}

	/**
	 * From now on the server wants no more calls of the request than that; others are
	 * refused until their time comes.
	 */
	public synchronized Faults limitRate(String request, double perSecond) {
		this.limits.put(request, new Limit((long) (1e9 / perSecond)));
		return this;
	}

	/**
	 * Forgets what is left of all scripts, and the limits.
	 */
	public synchronized void clear() {
		this.scripts.clear();
		this.limits.clear();
	}

	/**
	 * How often the request has been received.
	 */
	public synchronized int calls(String request) {
		return this.calls.getOrDefault(request, 0);
	}

	synchronized Fault next(String request) {
		this.calls.merge(request, 1, Integer::sum);
		Queue<Fault> script = this.scripts.get(request);
		Fault fault = (script != null) ? script.poll() : null;
		if (fault != null) {
			return fault;
		}
		Limit limit = this.limits.get(request);
		return (limit == null || limit.admits(System.nanoTime())) ? NONE
				: new Fault(Effect.REFUSE, Code.OK, this.answers.rateLimited());
	}

	private synchronized Faults add(String request, Fault fault) {
		this.scripts.computeIfAbsent(request, (key) -> new ArrayDeque<>()).add(fault);
		return this;
	}

	enum Effect {

		NONE, FAIL, REFUSE, LOSE_ANSWER, HANG

	}

	private static final class Limit {

		private final long interval;

		private long next = System.nanoTime();

		private Limit(long interval) {
			this.interval = interval;
		}

		private boolean admits(long now) {
			if (now - this.next < 0) {
				return false;
			}
			this.next = now + this.interval;
			return true;
		}

	}

	record Fault(Effect effect, Code code, Status status) {
	}

}
