package dev.milvusbackup.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.testing.real.RealMinio;
import org.springframework.util.FileSystemUtils;

/**
 * Runs the scenarios that are named, or all. The program and the bare loop take turns, and
 * the medians are compared, so that a busy machine slows both.
 */
public final class Benchmark {

	private static final int ROUNDS = 3;

	private static final int DELETED_AT_ONCE = 1000;

	private Benchmark() {
	}

	/**
	 * @param args path of the program's jar, then names of scenarios
	 */
	public static void main(String[] args) throws Exception {
		Path jar = Path.of(args[0]);
		List<String> names = (args.length > 1) ? List.of(args).subList(1, args.length)
				: List.of("tiny", "large", "small", "far");
		try (RealMinio minio = RealMinio.start()) {
			for (String name : names) {
				Scenario scenario = Scenario.ALL.get(name);
				if (scenario == null) {
					throw new IllegalArgumentException("no scenario '" + name + "', there are " + Scenario.ALL.keySet());
				}
				run(jar, minio, scenario);
			}
		}
	}

	private static void run(Path jar, RealMinio minio, Scenario scenario) throws Exception {
		List<ProgramRun> runs = new ArrayList<>();
		List<Double> bare = new ArrayList<>();
		try (Source source = new Source(minio, scenario)) {
			for (int round = 0; round < ROUNDS; round++) {
				bare.add(BareLoop.run(source.store(), source.root(), "bare"));
				clear(source.store(), ObjectPrefix.of("bare"));
				runs.add(program(jar, source, scenario));
				clear(source.store(), ObjectPrefix.of("backup"));
			}
		}
		report(scenario, runs, bare);
	}

	private static ProgramRun program(Path jar, Source source, Scenario scenario)
			throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("bench");
		try {
			Files.writeString(directory.resolve("backup.yaml"), source.yaml(scenario, directory.toString()));
			return ProgramRun.of(jar, directory, "b");
		}
		finally {
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	private static void clear(ObjectStore store, ObjectPrefix prefix) {
		List<ObjectKey> keys;
		try (Stream<ObjectStat> objects = store.list(prefix)) {
			keys = objects.map(ObjectStat::key).toList();
		}
		for (int from = 0; from < keys.size(); from += DELETED_AT_ONCE) {
			store.delete(keys.subList(from, Math.min(keys.size(), from + DELETED_AT_ONCE)));
		}
	}

	private static void report(Scenario scenario, List<ProgramRun> runs, List<Double> bare) {
		double seconds = median(runs.stream().map(ProgramRun::seconds).toList());
		double loop = median(bare);
		System.out.printf(Locale.ROOT, """
				%n== %s: %,d objects, %,.1f MB, %d collections, %d ms added to a request
				program   %6.2f s  (aim: %s)   %,.0f objects/s   %,.1f MB/s   peak heap %d MiB of %s
				bare loop %6.2f s   ratio %.2f   difference %.2f s   load average %.2f
				runs      %s
				requests  %s
				""", scenario.name(), scenario.objects(), scenario.bytes() / 1e6, scenario.collections().size(),
				scenario.latency().toMillis(), seconds, scenario.limit(), scenario.objects() / seconds,
				scenario.bytes() / 1e6 / seconds, runs.stream().mapToLong(ProgramRun::peakHeapMiB).max().orElse(0),
				ProgramRun.HEAP, loop, seconds / loop, seconds - loop,
				java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
				runs.stream().map((run) -> String.format(Locale.ROOT, "%.2f", run.seconds())).toList() + " bare "
						+ bare.stream().map((value) -> String.format(Locale.ROOT, "%.2f", value)).toList(),
				runs.get(0).requests());
	}

	private static double median(List<Double> values) {
		return values.stream().sorted().toList().get(values.size() / 2);
	}

}
