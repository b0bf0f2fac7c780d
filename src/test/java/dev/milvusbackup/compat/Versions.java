package dev.milvusbackup.compat;

import java.util.Arrays;

/**
 * Order of version numbers.
 */
final class Versions {

	private Versions() {
	}

	static int compare(String left, String right) {
		return Arrays.compare(numbers(left), numbers(right));
	}

	private static int[] numbers(String version) {
		return Arrays.copyOf(Arrays.stream(version.split("\\.")).mapToInt(Integer::parseInt).toArray(), 3);
	}

}
