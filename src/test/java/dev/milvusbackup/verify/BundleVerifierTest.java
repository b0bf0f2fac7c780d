package dev.milvusbackup.verify;

import java.util.List;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.manifest.BackupFormat;
import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.manifest.LogPaths;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.manifest.SegmentSource;
import dev.milvusbackup.manifest.SnapshotBackup;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.CollectionBuilder;
import dev.milvusbackup.testing.MemoryObjectStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class BundleVerifierTest {

	private static final String LOG = "backup/b1/bundle/insert_log/1/10/100/0/5";

	private static final String DESCRIPTION = "backup/b1/bundle/snapshots/1/metadata/400.json";

	private final MemoryObjectStore store = new MemoryObjectStore();

	private final BackupLayout layout = new BackupLayout(ObjectPrefix.of("backup"), new BackupName("b1"));

	@BeforeEach
	void write() {
		this.store.put(LOG, "12345");
		this.store.put(DESCRIPTION, "123456");
		CollectionBackup books = new CollectionBackup(CollectionBuilder.collection(1, "books").build(),
				new SnapshotBackup("s", "bundle/snapshots/1/metadata/400.json", 2, 11, 0));
		new ManifestStore(this.store).write(this.layout, new BackupManifest("id-1", this.layout.name(), "v3.0.0",
				List.of(), List.of(books), ClusterState.NONE, BackupFormat.SNAPSHOT), SegmentSource.EMPTY,
				LogPaths.NONE);
	}

	@Test
	void aWholeBundleIsGood() {
		WholeVerification deep = deep();
		assertThat(deep.problems()).isEmpty();
		assertThat(deep.objects()).isEqualTo(2);
		assertThat(deep.bytes()).isEqualTo(11);
		assertThat(deep.hashed()).isEqualTo(2);
		assertThat(quick().isGood()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { LOG, DESCRIPTION })
	void everyObjectIsMissed(String key) {
		this.store.delete(List.of(new ObjectKey(key)));
		assertProblem(key, "missing");
	}

	@Test
	void aCutObjectAndAnotherContentAreFound() {
		this.store.put(LOG, "1234");
		assertProblem(LOG, "has 4 bytes, not 5");
		this.store.put(LOG, "54321");
		assertProblem(LOG, "entity tag");
	}

	@Test
	void withoutOwnRecordsTheSumsAreCompared() {
		this.store.delete(List.of(this.layout.meta(MetaFile.OBJECTS)));
		assertThat(deep().isGood()).isTrue();
		this.store.delete(List.of(new ObjectKey(LOG)));
		assertProblem("backup/b1/bundle/", "1 objects with 6 bytes, Milvus exported 2 with 11");
	}

	private void assertProblem(String key, String what) {
		assertThat(quick().problems()).anySatisfy((problem) -> {
			assertThat(problem.key()).isEqualTo(key);
			assertThat(problem.what()).contains(what);
		});
		assertThat(deep().isGood()).isFalse();
	}

	private WholeVerification quick() {
		return WholeVerification.quick(this.store, this.layout);
	}

	private WholeVerification deep() {
		return WholeVerification.deep(this.store, this.layout);
	}

}
