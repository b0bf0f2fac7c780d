package dev.milvusbackup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * House rules that the formatter does not know.
 */
class StyleTest {

	private static final int LONGEST_CLASS = 300;

	private static final Path MAIN = Path.of("src/main/java");

	private static final Path TEST = Path.of("src/test/java");

	@Test
	void noClassIsLongerThan300Lines() {
		assertThat(sources(MAIN)).allSatisfy((file) -> assertThat(text(file).lines().count()).as(file.toString())
			.isLessThanOrEqualTo(LONGEST_CLASS));
	}

	@Test
	void noClassIsNamedAfterNothing() {
		assertThat(Stream.of(MAIN, TEST).flatMap((root) -> sources(root).stream()))
			.noneMatch((file) -> file.getFileName().toString().matches(".*(Utils?|Helper|Manager|Impl)\\.java"));
	}

	@Test
	void everyPackageSaysWhatItIsAndMarksItsNulls() {
		List<Path> packages = sources(MAIN).stream().map(Path::getParent).distinct().toList();
		assertThat(packages).isNotEmpty().allSatisfy((directory) -> {
			Path info = directory.resolve("package-info.java");
			assertThat(info).exists();
			assertThat(text(info)).startsWith("/**").contains("@NullMarked");
		});
	}

	@Test
	void nothingIsLeftToDo() {
		assertThat(sources(MAIN)).noneMatch((file) -> text(file).matches("(?s).*\\b(TODO|FIXME|XXX)\\b.*"));
	}

	@Test
	void nothingIsImportedTwice() {
		assertThat(Stream.of(MAIN, TEST).flatMap((root) -> sources(root).stream())).allSatisfy((file) -> {
			List<String> imports = text(file).lines().filter((line) -> line.startsWith("import ")).toList();
			assertThat(imports).as(file.toString()).doesNotHaveDuplicates();
		});
	}

	private static List<Path> sources(Path root) {
		try (Stream<Path> files = Files.walk(root)) {
			return files.filter((file) -> file.toString().endsWith(".java")).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
