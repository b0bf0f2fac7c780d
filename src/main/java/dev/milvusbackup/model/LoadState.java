package dev.milvusbackup.model;

/**
 * Whether a collection or partition is loaded for search (format.md 3).
 */
public enum LoadState {

	NOT_LOADED("NotLoad"), LOADING("Loading"), LOADED("Loaded");

	private final String text;

	LoadState(String text) {
		this.text = text;
	}

	/**
	 * The word that the backup format uses.
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Reverse of {@link #text()}; every unknown word means not loaded.
	 */
	public static LoadState of(String text) {
		for (LoadState state : values()) {
			if (state.text.equals(text)) {
				return state;
			}
		}
		return NOT_LOADED;
	}

	/**
	 * From a loading progress in percent.
	 */
	public static LoadState ofProgress(long percent) {
		if (percent <= 0) {
			return NOT_LOADED;
		}
		return (percent >= 100) ? LOADED : LOADING;
	}

}
