package dev.milvusbackup.crash;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/**
 * The classes of the test for many short processes: the first one to end by itself leaves
 * an archive of those that it has loaded, with which the others need half the time. Java
 * does that for jars only. One process has to end before two may run at once.
 *
 * @param directory for jars and archive
 */
record ChildClasses(Path directory) {

	List<String> options() {
		Path archive = this.directory.resolve("classes.jsa");
		String use = Files.exists(archive) ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=";
		// what Java has to say of the archive would be in the output of the program
		return List.of("-Xlog:disable", use + archive, "-cp", classPath());
	}

	private String classPath() {
		List<String> entries = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			Path path = Path.of(entry).toAbsolutePath();
			entries.add((Files.isDirectory(path) ? jar(path) : path).toString());
		}
		return String.join(File.pathSeparator, entries);
	}

	private Path jar(Path classes) {
		Path jar = this.directory.resolve(classes.getFileName() + ".jar");
		if (Files.exists(jar)) {
			return jar;
		}
		try (Stream<Path> files = Files.walk(classes);
				OutputStream out = Files.newOutputStream(jar);
				JarOutputStream entries = new JarOutputStream(out)) {
			entries.setLevel(0);
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
				Files.copy(file, entries);
			}
			return jar;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
