package dev.milvusbackup.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Guesses which name was meant by one that there is not. Pure.
 */
public final class NearestName {

	private NearestName() {
	}

	/**
	 * The most similar name; empty when none is similar.
	 */
	public static Optional<String> of(String name, Collection<String> candidates) {
		int limit = Math.max(2, name.length() / 4);
		return candidates.stream()
			.min(Comparator.comparingInt((String candidate) -> distance(name, candidate)))
			.filter((candidate) -> distance(name, candidate) <= limit);
	}

	/** Levenshtein distance, ignoring case. */
	private static int distance(String left, String right) {
		String from = left.toLowerCase(Locale.ROOT);
		String to = right.toLowerCase(Locale.ROOT);
		int[] previous = new int[to.length() + 1];
		for (int column = 0; column <= to.length(); column++) {
			previous[column] = column;
		}
		for (int row = 1; row <= from.length(); row++) {
			int[] current = new int[to.length() + 1];
			current[0] = row;
			for (int column = 1; column <= to.length(); column++) {
				int replaced = previous[column - 1] + ((from.charAt(row - 1) == to.charAt(column - 1)) ? 0 : 1);
				current[column] = Math.min(replaced, Math.min(previous[column], current[column - 1]) + 1);
			}
			previous = current;
		}
		return previous[to.length()];
	}

}
