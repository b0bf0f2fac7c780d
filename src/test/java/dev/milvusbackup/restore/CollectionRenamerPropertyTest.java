package dev.milvusbackup.restore;

import java.util.List;

import dev.milvusbackup.model.CollectionName;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.NotEmpty;

import static org.assertj.core.api.Assertions.assertThat;

class CollectionRenamerPropertyTest {

	@Property
	void aSuffixIsAppendedToTheNameAlone(@ForAll @AlphaChars @NotEmpty String database,
			@ForAll @AlphaChars @NotEmpty String name, @ForAll @AlphaChars String suffix) {
		CollectionName target = CollectionRenamer.of(suffix, List.of())
			.targets(new CollectionName(database, name))
			.iterator()
			.next();
		assertThat(target).isEqualTo(new CollectionName(database, name + suffix));
	}

	@Property
	void aRuleForADatabaseKeepsDifferentNamesDifferent(@ForAll @AlphaChars @NotEmpty String first,
			@ForAll @AlphaChars @NotEmpty String second) {
		CollectionRenamer renamer = CollectionRenamer.of("", List.of("a.*:b.*"));
		boolean equal = renamer.targets(new CollectionName("a", first))
			.equals(renamer.targets(new CollectionName("a", second)));
		assertThat(equal).isEqualTo(first.equals(second));
	}

}
