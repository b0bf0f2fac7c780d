package dev.milvusbackup.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is backed up, and how far away the store is.
 *
 * @param latency added to every request
 * @param collections what they hold
 * @param limit what is aimed at, in words
 */
record Scenario(String name, Duration latency, List<Shape> collections, String limit) {

	private static final int KIB = 1024;

	private static final int MIB = 1024 * KIB;

	/** What a hundred rows of a field take on average. */
	private static final int REAL_BYTES = 727;

	/** The only one with a real Milvus. */
	static final String REAL = "real";

	static final Map<String, Scenario> ALL = Stream
		.of(new Scenario("large", Duration.ZERO, large(), "7.3 s"),
				new Scenario("small", Duration.ZERO, List.of(new Shape(600, 32, 8 * KIB)), "1.05 x bare + 3 s"),
				new Scenario("far", Duration.ofMillis(20), List.of(new Shape(600, 32, 8 * KIB)), "40.1 s"),
				new Scenario("tiny", Duration.ZERO, tiny(8 * KIB), "3 s"),
				new Scenario(REAL, Duration.ZERO, tiny(REAL_BYTES), "3 s"))
		.collect(Collectors.toMap(Scenario::name, (scenario) -> scenario));

	long objects() {
		return this.collections.stream().mapToLong((shape) -> (long) shape.segments() * shape.objects()).sum();
	}

	long bytes() {
		return this.collections.stream()
			.mapToLong((shape) -> (long) shape.segments() * shape.objects() * shape.bytes())
			.sum();
	}

	/** 6 segments of 80 MiB and 60 small ones: 2,010 objects. */
	private static List<Shape> large() {
		return List.of(new Shape(6, 5, 16 * MIB), new Shape(60, 33, 27 * KIB));
	}

	/** 5 collections, 266 objects. */
	private static List<Shape> tiny(int bytes) {
		List<Shape> shapes = new ArrayList<>(List.of(new Shape(2, 19, bytes)));
		for (int collection = 0; collection < 4; collection++) {
			shapes.add(new Shape(3, 19, bytes));
		}
		return shapes;
	}

	/**
	 * One collection.
	 *
	 * @param objects in each segment, at least 3
	 * @param bytes of each object
	 */
	record Shape(int segments, int objects, int bytes) {
	}

}
