package dev.milvusbackup.config;

/**
 * The value of a key and where it came from.
 *
 * @param sourceKey the name under which it was found; empty for a default
 */
public record ConfigValue(ConfigKey key, String value, Source source, String sourceKey) {

	private static final String MASK = "******";

	/** Whether it was given under one of the names that v2 knows. */
	boolean isGivenUnderOwnName() {
		return this.source != Source.INHERITED && (this.sourceKey.equalsIgnoreCase(this.key.name())
				|| this.key.environment().stream().anyMatch(this.sourceKey::equalsIgnoreCase));
	}

	/** The same value for another key. */
	ConfigValue as(ConfigKey other) {
		return new ConfigValue(other, this.value, this.source, this.sourceKey);
	}

	/**
	 * The value for people: a secret is masked.
	 */
	public String shown() {
		if (this.key.secret()) {
			return this.value.isEmpty() ? "" : MASK;
		}
		return this.value.replaceAll("(?i)(password=)[^&]*", "$1" + MASK);
	}

	@Override
	public String toString() {
		return this.key.name() + "=" + shown();
	}

	/**
	 * Where a value can come from, the strongest first.
	 */
	public enum Source {

		SET("--set"), ENVIRONMENT("environment"), FILE("file"), INHERITED("inherited"), DEFAULT("default");

		private final String text;

		Source(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

}
