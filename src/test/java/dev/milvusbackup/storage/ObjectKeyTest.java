package dev.milvusbackup.storage;

import java.util.List;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ObjectKeyTest {

	@Property(tries = 200)
	void aPrefixContainsWhatWasMadeFromIt(@ForAll("parts") List<String> directories, @ForAll("part") String name) {
		ObjectPrefix prefix = ObjectPrefix.ROOT;
		for (String directory : directories) {
			prefix = prefix.directory(directory);
		}
		ObjectKey key = prefix.key(name);
		assertThat(prefix.contains(key)).isTrue();
		assertThat(key.name()).isEqualTo(name);
		assertThat(new ObjectKey(key.value())).isEqualTo(key);
		assertThat(key.value()).isEqualTo(prefix.value() + name);
	}

	@Property(tries = 200)
	void aDirectoryReadsTheSameWithAndWithoutSlashes(@ForAll("parts") List<String> directories) {
		String path = String.join("/", directories);
		assertThat(ObjectPrefix.of(path)).isEqualTo(ObjectPrefix.of("/" + path + "//"));
		assertThat(ObjectPrefix.of(ObjectPrefix.of(path).value())).isEqualTo(ObjectPrefix.of(path));
	}

	@Property(tries = 200)
	void aDirectoryDoesNotContainItsNeighbour(@ForAll("part") String name, @ForAll("part") String more) {
		assertThat(ObjectPrefix.of(name).contains(new ObjectKey(name + more + "/x"))).isFalse();
		assertThat(ObjectPrefix.of(name).contains(new ObjectKey(name))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "../a" })
	void refusesWhatIsNoKey(String value) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new ObjectKey(value));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "/", "a//", "../", "/a/" })
	void refusesWhatIsNoPrefix(String value) {
		assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> new ObjectPrefix(value));
	}

	@Test
	void keysAreOrderedAsText() {
		assertThat(List.of(new ObjectKey("b"), new ObjectKey("a/z"), new ObjectKey("a")))
			.isSortedAccordingTo((left, right) -> right.compareTo(left));
	}

	@Provide
	Arbitrary<String> part() {
		return Arbitraries.strings()
			.ofMinLength(1)
			.ofMaxLength(12)
			.filter((part) -> !part.contains("/") && !part.equals(".") && !part.equals(".."));
	}

	@Provide
	Arbitrary<List<String>> parts() {
		return part().list().ofMaxSize(4);
	}

}
