package dev.milvusbackup.crash;

/**
 * A moment in the life of a child process, and what happens to it then.
 *
 * @param step the step that must be running; {@link #OUTSIDE} before the first one
 * @param call name of the method that is called, empty for the step itself
 * @param nth which of the step's calls of that name, from 1 on
 */
record Moment(Action action, When when, String step, String call, int nth) {

	/** Stands for the time when no step runs. */
	static final String OUTSIDE = "none";

	/** A child that nothing happens to. */
	static final Moment NEVER = new Moment(Action.DIE, When.BEGIN, "", "", 0);

	static Moment begin(String step) {
		return new Moment(Action.DIE, When.BEGIN, step, "", 1);
	}

	static Moment end(String step) {
		return new Moment(Action.DIE, When.END, step, "", 1);
	}

	static Moment before(String step, String call, int nth) {
		return new Moment(Action.DIE, When.BEFORE, step, call, nth);
	}

	static Moment after(String step, String call, int nth) {
		return new Moment(Action.DIE, When.AFTER, step, call, nth);
	}

	/**
	 * The same moment, but the process survives it.
	 */
	Moment but(Action other) {
		return new Moment(other, this.when, this.step, this.call, this.nth);
	}

	static Moment parse(String text) {
		String[] parts = text.split(",", -1);
		return new Moment(Action.valueOf(parts[0]), When.valueOf(parts[1]), parts[2], parts[3],
				Integer.parseInt(parts[4]));
	}

	String text() {
		return this.action + "," + this.when + "," + this.step + "," + this.call + "," + this.nth;
	}

	boolean isStep(When reached, String current) {
		return this.when == reached && this.call.isEmpty() && this.step.equals(current);
	}

	/**
	 * Whether this call is meant; who waits makes all later calls wait, too.
	 */
	boolean isCall(When reached, String current, String name, int number) {
		return this.when == reached && this.step.equals(current) && this.call.equals(name)
				&& (number == this.nth || (this.action != Action.DIE && number > this.nth));
	}

	@Override
	public String toString() {
		String what = this.call.isEmpty() ? "" : " call " + this.nth + " of " + this.call + " in";
		return this.when.name().toLowerCase(java.util.Locale.ROOT) + what + " " + this.step;
	}

	/**
	 * What happens.
	 */
	enum Action {

		/** SIGKILL. */
		DIE,
		/** Waits for the word of the parent. */
		WAIT_FOR_PARENT,
		/** Waits until the running steps have been told to stop. */
		WAIT_FOR_STOP

	}

	/**
	 * Before or after what.
	 */
	enum When {

		/** The step is about to begin. */
		BEGIN,
		/** The step's work is done, but not recorded yet. */
		END,
		/** The call has not had its effect yet. */
		BEFORE,
		/** The call has had its effect, but the caller does not know. */
		AFTER

	}

}
