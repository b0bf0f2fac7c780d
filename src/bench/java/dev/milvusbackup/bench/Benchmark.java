package dev.milvusbackup.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.testing.real.RealMinio;
import org.springframework.util.FileSystemUtils;

/**
 * Runs the scenarios that are named, or all. The program, started in both ways, and the
 * bare loop take turns, and the medians are compared, so that a busy machine slows both.
 */
public final class Benchmark {

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
			// writes the archive of classes
			program(launcher, minio, source, scenario);
			for (int round = 0; round < ROUNDS; round++) {
				bare.add(BareLoop.run(source.store(), source.copied(), "bare"));
				clear(minio, source, "bare");
				runs.add(program(launcher, minio, source, scenario));
				plainRuns.add(program(plain, minio, source, scenario));
			}
		}
		System.out.print(new Report(scenario, runs, plainRuns, bare).text());
	}

	private static Source source(RealMinio minio, Scenario scenario) throws Exception {
		return scenario.name().equals(Scenario.REAL) ? new RealSource(minio, scenario)
				: new SimulatedSource(minio, scenario);
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
			clear(minio, source, "backup");
			FileSystemUtils.deleteRecursively(directory);
		}
	}

	/**
	 * Deletes the files themselves, as MinIO moves what it deletes aside and removes it
	 * some minutes later, and waits until the disk has written everything: neither is to
	 * be counted to the one whose turn comes next.
	 */
	private static void clear(RealMinio minio, Source source, String directory)
			throws IOException, InterruptedException {
		FileSystemUtils.deleteRecursively(minio.dataDirectory().resolve(source.storage().bucket()).resolve(directory));
		new ProcessBuilder("sync").start().waitFor();
	}

}
