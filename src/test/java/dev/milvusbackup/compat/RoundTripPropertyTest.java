package dev.milvusbackup.compat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.testing.milvus.FakeCollection;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever collections there are and whatever happened to them: what comes back is what
 * was there. Each try backs up and restores many of them at once.
 */
class RoundTripPropertyTest {

	private static final int TRIES = 12;

	private static final int COLLECTIONS_A_TRY = 25;

	private static final Map<String, World> WORLDS = new HashMap<>();

	private static Program program;

	private static int tries;

	@BeforeContainer
	static void open() throws IOException {
		program = new Program(Files.createTempDirectory(Path.of("target"), "round-trip"));
	}

	@AfterContainer
	static void close() {
		WORLDS.values().forEach(World::close);
		program.close();
	}

	@Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
	void whatComesBackIsWhatWasThere(@ForAll("versions") String version, @ForAll("collections") List<Long> seeds) {
		World world = WORLDS.computeIfAbsent(version, (key) -> new World(key, program));
		String run = "t" + ++tries;
		List<FakeCollection> collections = new ArrayList<>();
		for (int i = 0; i < seeds.size(); i++) {
			collections.add(new RandomCollection(seeds.get(i)).createIn(world.source, run + "_" + i, version));
		}
		RunSummary created = world.create(run);
		World.requireComplete(created);
		assertThat(created.collections()).hasSameSizeAs(collections);
		World.requireComplete(world.restore(run));
		for (int i = 0; i < seeds.size(); i++) {
			FakeCollection before = collections.get(i);
			FakeCollection after = world.target.find(before.name().toString());
			String about = "version " + version + ", seed " + seeds.get(i);
			assertThat(after.description()).as(about).isEqualTo(before.description());
			assertThat(after.visible()).as(about).isEqualTo(before.visible());
			assertLoadedOnce(world, before, after);
			world.source.drop(before);
			world.target.drop(after);
		}
	}

	/** Every object of every segment went into exactly one import. */
	private static void assertLoadedOnce(World world, FakeCollection before, FakeCollection after) {
		List<String> loaded = world.target.imports()
			.loaded()
			.stream()
			.filter((segment) -> segment.collection() == after)
			.flatMap((segment) -> segment.objects()
				.stream()
				.map((object) -> name(object.key().value()) + " " + object.bytes()))
			.sorted()
			.toList();
		List<String> expected = before.segments()
			.stream()
			.flatMap((segment) -> before.objects(segment)
				.stream()
				.map((object) -> name(object.key().value()) + " " + object.bytes()))
			.sorted()
			.toList();
		assertThat(loaded).isEqualTo(expected);
	}

	private static String name(String key) {
		return key.substring(key.lastIndexOf('/') + 1);
	}

	@Provide
	Arbitrary<String> versions() {
		return Arbitraries.of(Feature.VERSIONS.stream()
			.filter((version) -> Feature.ROWS.support(version) == Feature.Support.WORKS)
			.toList());
	}

	@Provide
	Arbitrary<List<Long>> collections() {
		return Arbitraries.longs().list().ofSize(COLLECTIONS_A_TRY);
	}

}
