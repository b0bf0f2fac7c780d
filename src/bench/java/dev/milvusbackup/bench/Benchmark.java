package dev.milvusbackup.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

import dev.milvusbackup.testing.real.RealMinio;
import org.springframework.util.FileSystemUtils;

/**
 * Runs the scenarios that are named, or all. The program, started in both ways, and the
 * bare loop take turns, another one first in each round, and the medians are compared, so
 * that a busy machine and a store that fills up slow each of them.
 */
public final class Benchmark {

	private static final int MANY_OBJECTS = 10_000;

	private static final Duration REST = Duration.ofSeconds(65);

	private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);

	private static final List<String> ALL = List.of("tiny", Scenario.REAL, "large", "small", "far", ExpireMany.NAME,
			MillionObjects.NAME);

	private Benchmark() {
	}

	/**
	 * @param args path of the program's jar, then names of scenarios
	 */
	public static void main(String[] args) throws Exception {
		Path jar = Path.of(args[0]);
		List<String> names = (args.length > 1) ? List.of(args).subList(1, args.length) : ALL;
		Path archive = Files.createTempDirectory("bench-classes").resolve("classes.jsa");
		Program plain = Program.plain(List.of("-jar", jar.toAbsolutePath().toString()));
		try (RealMinio minio = RealMinio.start()) {
			for (String name : names) {
				if (name.equals(MillionObjects.NAME)) {
					System.out.print(MillionObjects.run(jar));
					continue;
				}
				if (name.equals(ExpireMany.NAME)) {
					System.out.print(ExpireMany.run(jar, minio, ROUNDS));
					continue;
				}
				Scenario scenario = Scenario.ALL.get(name);
				if (scenario == null) {
					throw new IllegalArgumentException("no scenario '" + name + "', there are " + ALL);
				}
				run(Program.launcher(jar, archive), plain, minio, scenario);
			}
		}
		finally {
			FileSystemUtils.deleteRecursively(archive.getParent());
		}
	}

	private static void run(Program launcher, Program plain, RealMinio minio, Scenario scenario) throws Exception {
		List<ProgramRun> runs = new ArrayList<>();
		List<ProgramRun> plainRuns = new ArrayList<>();
		List<Double> bare = new ArrayList<>();
		try (Source source = source(minio, scenario)) {
			List<Callable<?>> turns = new ArrayList<>();
			turns.add(() -> bare.add(bare(minio, source)));
			turns.add(() -> runs.add(program(launcher, minio, source, scenario)));
			turns.add(() -> plainRuns.add(program(plain, minio, source, scenario)));
			// writes the archive of classes
			program(launcher, minio, source, scenario);
			if (scenario.name().equals(Scenario.REAL)) {
				// Milvus still works on what it was given
				Thread.sleep(REST.toMillis());
			}
			for (int round = 0; round < ROUNDS; round++) {
				for (Callable<?> turn : turns) {
					rest(scenario);
					turn.call();
				}
				Collections.rotate(turns, 1);
			}
		}
		System.out.print(new Report(scenario, runs, plainRuns, bare).text());
	}

	/**
	 * MinIO makes a directory for each object that it writes and removes it, and for a
	 * minute ext4 looks at each inode that was freed before it takes another one: of many
	 * objects, whoever comes next would feel it.
	 */
	private static void rest(Scenario scenario) throws InterruptedException {
		if (scenario.objects() >= MANY_OBJECTS) {
			Thread.sleep(REST.toMillis());
		}
	}

	private static Source source(RealMinio minio, Scenario scenario) throws Exception {
		return scenario.name().equals(Scenario.REAL) ? new RealSource(minio, scenario)
				: new SimulatedSource(minio, scenario);
	}

	private static double bare(RealMinio minio, Source source)
			throws IOException, InterruptedException, ExecutionException {
		try {
			return BareLoop.run(source.store(), source.copied(), "bare");
		}
		finally {
			putAside(minio, source, "bare");
		}
	}

	private static ProgramRun program(Program program, RealMinio minio, Source source, Scenario scenario)
			throws IOException, InterruptedException {
		Path directory = Files.createTempDirectory("bench");
		try {
			Files.writeString(directory.resolve("backup.yaml"), source.yaml(directory.toString()));
			ProgramRun run = ProgramRun.of(program, directory);
			if (run.copies() != scenario.objects()) {
				throw new IllegalStateException(
						"the program copied " + run.copies() + " objects of " + scenario.objects());
			}
			return run;
		}
		finally {
			putAside(minio, source, "backup");
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	/**
	 * Moves the files themselves out of the store and keeps them to the end: after many
	 * deletions MinIO still removes what it only moved away, and ext4 looks at each inode
	 * that was freed in the last minutes before it takes another one. Either would be
	 * counted to the one whose turn comes next, as would be what the disk has yet to
	 * write.
	 */
	private static void putAside(RealMinio minio, Source source, String directory)
			throws IOException, InterruptedException {
		Path data = minio.dataDirectory();
		Path aside = Files.createTempDirectory(data.getParent(), "aside-");
		Files.move(data.resolve(source.storage().bucket()).resolve(directory), aside.resolve(directory));
		new ProcessBuilder("sync").start().waitFor();
	}

}
