package dev.milvusbackup.manifest;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.manifest.ManifestException.Kind;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.KeyValue;
import dev.milvusbackup.model.Rbac;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.CollectionBuilder;
import dev.milvusbackup.testing.FaultyObjectStore;
import dev.milvusbackup.testing.MemoryObjectStore;
import dev.milvusbackup.testing.SegmentBuilder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * A small backup with one segment of each kind, and a store to write it to.
 */
final class SampleBackup {

	static final LogPaths PATHS = LogPaths.of(new MilvusLayout(ObjectPrefix.of("files")));

	final BackupLayout backup = new BackupLayout(ObjectPrefix.of("backup"), new BackupName("b1"));

	final MemoryObjectStore store = new MemoryObjectStore();

	final FaultyObjectStore faulty = new FaultyObjectStore(this.store);

	final ManifestStore manifests = new ManifestStore(this.faulty);

	final Collection books = CollectionBuilder.collection(1, "db.books")
		.partition(10, "_default")
		.partition(11, "novels")
		.everything()
		.build();

	final List<Segment> segments = List.of(
			SegmentBuilder.segment(100).rows(5).insert(0, 1000, 10, "e1").insert(1, 1001, 20).delta(1002, 3).build(),
			SegmentBuilder.segment(101).l0().delta(1003, 4).build(),
			SegmentBuilder.segment(102).collectionL0().delta(1004, 5).delta(1005, 6).build());

	final BackupContent content = new BackupContent(new BackupManifest("id-1", this.backup.name(), "v2.3.5",
			List.of(new Database("db", 7, List.of(new KeyValue("a", "b")), "zone-key")),
			List.of(new CollectionBackup(this.books, 48, Map.of(10L, 37L, 11L, 0L)),
					new CollectionBackup(CollectionBuilder.collection(2, "empty").build(), 0, Map.of())),
			cluster()), this.segments);

	/** Whatever can be told of a source. */
	static ClusterState cluster() {
		Rbac rbac = new Rbac(List.of(new Rbac.User("alice", "$2a$10$hash", List.of("reader"))), List.of("reader"),
				List.of(new Rbac.Grant("reader", "Collection", "books", "root", "Search", "default")),
				List.of(new Rbac.PrivilegeGroup("pg1", List.of("Query", "Search"))));
		return new ClusterState(rbac, new ClusterState.RpcChannel("by-dev-replicate-msg", "Cgx4"),
				new ClusterState.FlushPositions(Map.of("by-dev-rootcoord-dml_0", "CgMKATE="),
						"by-dev-rootcoord-dml_0_vcchan", List.of("by-dev-rootcoord-dml_0", "by-dev-rootcoord-dml_1")));
	}

	void write() {
		this.manifests.write(this.backup, this.content.manifest(), this.content.source(), PATHS);
	}

	Draft draft() {
		return new Draft(this.content.manifest(), "f00d", "{\"name\":\"b1\"}");
	}

	/**
	 * Only the entity tags of the source stay behind: they are in the list of objects.
	 */
	void assertContent(BackupContent read) {
		assertThat(read.manifest()).isEqualTo(this.content.manifest());
		assertThat(read.segments()).usingRecursiveFieldByFieldElementComparatorIgnoringFields("binlogs.etag")
			.containsExactlyInAnyOrderElementsOf(this.segments);
	}

	static void assertKind(Kind kind, ThrowingCallable call) {
		assertThatThrownBy(call).isInstanceOfSatisfying(ManifestException.class, (ex) -> {
			assertThat(ex.kind()).isEqualTo(kind);
			assertThat(ex.hint()).isNotEmpty();
		});
	}

	void put(MetaFile file, String content) {
		put(this.backup.meta(file), content);
	}

	void put(MetaFile file, byte[] content) {
		this.store.write(this.backup.meta(file), ObjectContent.of(content));
	}

	void put(ObjectKey key, String content) {
		this.store.put(key.value(), content);
	}

	byte[] bytes(MetaFile file) {
		return this.store.bytes(this.backup.meta(file).value());
	}

	void truncate(MetaFile file, int bytes) {
		byte[] whole = bytes(file);
		put(file, Arrays.copyOf(whole, whole.length - bytes));
	}

}
