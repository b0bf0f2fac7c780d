package dev.milvusbackup.restore;

import java.util.List;

import dev.milvusbackup.model.CollectionName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CollectionRenamerTest {

	@Test
	void anExactRuleGoesBeforeOneForTheDatabase() {
		CollectionRenamer renamer = CollectionRenamer.of("", List.of("db1.*:db2.*", "db1.c1:db3.c9", "c1:c2"));
		assertThat(target(renamer, "db1.c1")).isEqualTo("db3.c9");
		assertThat(target(renamer, "db1.c2")).isEqualTo("db2.c2");
		assertThat(target(renamer, "c1")).isEqualTo("default.c2");
		assertThat(target(renamer, "c3")).isEqualTo("default.c3");
	}

	@Test
	void aRuleForTheDatabaseAloneLeavesItsCollections() {
		CollectionRenamer renamer = CollectionRenamer.of("", List.of("db1.:db2."));
		assertThat(renamer.databases("db1")).containsExactly("db2");
		assertThat(target(renamer, "db1.c1")).isEqualTo("db1.c1");
	}

	@Test
	void anEqualRuleTwiceIsAllowed() {
		assertThat(target(CollectionRenamer.of("", List.of("a:b", "a:b")), "a")).isEqualTo("default.b");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "a:", ":b", "a:b.c", "db1.*:db2.c", "db1.*:c", "db1.:c", "a b:c", "a:b:c", "*:b" })
	void refusesWhatIsNoRule(String rule) {
		assertThatThrownBy(() -> CollectionRenamer.of("", List.of(rule))).isInstanceOf(RestoreException.class)
			.hasMessageContaining("'" + rule + "'");
	}

	@Test
	void refusesContradictingRules() {
		assertThatThrownBy(() -> CollectionRenamer.of("", List.of("a:b", "a:c")))
			.hasMessageContaining("an earlier rule says 'default.b'");
		assertThatThrownBy(() -> CollectionRenamer.of("", List.of("d.*:b.*", "d.*:c.*")))
			.hasMessageContaining("an earlier rule says 'b'");
	}

	@Test
	void refusesASuffixWithRulesAndOneOfOtherCharacters() {
		assertThatThrownBy(() -> CollectionRenamer.of("_x", List.of("a:b"))).isInstanceOf(RestoreException.class);
		assertThatThrownBy(() -> CollectionRenamer.of("-x", List.of())).isInstanceOf(RestoreException.class);
	}

	private static String target(CollectionRenamer renamer, String source) {
		return renamer.targets(CollectionName.parse(source)).iterator().next().toString();
	}

}
