package dev.milvusbackup.restore;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionFilter;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.RestoreMapping;
import dev.milvusbackup.model.RestoreMapping.CollectionMapping;
import dev.milvusbackup.model.RestoreMapping.DatabaseMapping;
import org.junit.jupiter.api.Test;

import static dev.milvusbackup.testing.CollectionBuilder.collection;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TargetSelectionTest {

	private final BackupManifest manifest = new BackupManifest("id", new BackupName("b1"), "v2.3.5",
			List.of(new Database("default", 0, List.of()), new Database("hollow", 0, List.of())),
			List.of(backup(1, "a"), backup(2, "b"), backup(3, "db1.a")));

	@Test
	void selectsEverythingWithoutFilters() {
		assertThat(select("", "", "_r")).containsExactly("default.a_r", "default.b_r", "db1.a_r");
	}

	@Test
	void theTargetFilterKnowsTargetNames() {
		assertThat(select("", "a_r,db1.*", "_r")).containsExactly("default.a_r", "db1.a_r");
	}

	@Test
	void theTargetFilterTakesASourceNameThatNoTargetHas() {
		assertThat(select("", "b", "_r")).containsExactly("default.b_r");
		assertThat(select("", "db1.*", "", "db1.*:db2.*")).containsExactly("db2.a");
	}

	@Test
	void aTargetsNameGoesBeforeASources() {
		assertThat(select("", "b", "", "a:b", "b:c")).containsExactly("default.b");
	}

	@Test
	void theSourceFilterKnowsSourceNamesOnly() {
		assertThat(select("db1.a", "", "_r")).containsExactly("db1.a_r");
		assertThatThrownBy(() -> select("a_r", "", "_r")).isInstanceOf(RestoreException.class);
	}

	@Test
	void aDatabaseWithoutCollectionsCanBeNamed() {
		assertThat(select("", "hollow.", "")).isEmpty();
		assertThat(select("", "hollow.*", "")).isEmpty();
	}

	@Test
	void refusesAFilterThatSelectsNothing() {
		assertThatThrownBy(() -> select("", "a,x", "")).isInstanceOfSatisfying(RestoreException.class, (ex) -> {
			assertThat(ex).hasMessageContaining("'default.x'");
			assertThat(ex.hint()).isEqualTo("there are default.a, default.b, db1.a");
		});
		assertThatThrownBy(() -> select("", "nodb.*", "")).isInstanceOf(RestoreException.class);
	}

	@Test
	void refusesTwoSourcesForOneTarget() {
		assertThatThrownBy(() -> select("", "", "", "a:b")).isInstanceOf(RestoreException.class)
			.hasMessageContaining(
					"unable to restore 'default.b' as 'default.b': 'default.a' is to be restored as that");
	}

	@Test
	void twoSourcesForOneTargetAreFineWhenOneIsFilteredOut() {
		assertThat(select("a", "", "", "a:b")).containsExactly("default.b");
	}

	@Test
	void oneSourceBecomesSeveralTargetsOfWhichAFilterChooses() {
		CollectionRenamer renamer = CollectionRenamer
			.of(new RestoreMapping(
					List.of(new DatabaseMapping("default", "x",
							List.of(new CollectionMapping("a", "a1", 0, null),
									new CollectionMapping("a", "a2", 0, null))),
							new DatabaseMapping("default", "y", List.of(new CollectionMapping("a", "a1", 0, null)))),
					CollectionFilter.ALL));
		TargetSelection selection = new TargetSelection(this.manifest, renamer);
		assertThat(selection.select(CollectionFilter.ALL, CollectionFilter.parse("x.*"))).extracting(Chosen::describe)
			.containsExactly("default.a (restored as x.a1)", "default.a (restored as x.a2)");
		assertThat(selection.select(CollectionFilter.parse("a"), CollectionFilter.ALL)).hasSize(3);
		assertThat(selection.select(CollectionFilter.ALL, CollectionFilter.parse("y.a1"))).hasSize(1);
		assertThat(renamer.databases("default")).containsExactly("x", "y");
	}

	private List<String> select(String sourceFilter, String targetFilter, String suffix, String... rules) {
		List<Chosen> selected = new TargetSelection(this.manifest, CollectionRenamer.of(suffix, Arrays.asList(rules)))
			.select(CollectionFilter.parse(sourceFilter), CollectionFilter.parse(targetFilter));
		return selected.stream().map((chosen) -> chosen.target().toString()).toList();
	}

	private static CollectionBackup backup(long id, String name) {
		return new CollectionBackup(collection(id, name).build(), 0, Map.of());
	}

}
