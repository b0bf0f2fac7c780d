package dev.milvusbackup.backup;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedSegment;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.manifest.ManifestCodec;
import dev.milvusbackup.manifest.Draft;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.manifest.SegmentSource;
import dev.milvusbackup.milvus.MilvusCluster;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.storage.ObjectContent;

/**
 * Turns what the ledger holds of a run into the backup's description: as a draft while
 * the run goes on, and as the manifest at its end.
 */
final class BackupDraft {

	private final BackupScope scope;

	private final BackupPlaces places;

	private final Milvus milvus;

	private final SegmentLedger ledger;

	private final RequestMark mark;

	private final CollectionContents contents;

	BackupDraft(BackupScope scope, BackupPlaces places, Milvus milvus, SegmentLedger ledger, RequestMark mark,
			CollectionContents contents) {
		this.scope = scope;
		this.places = places;
		this.milvus = milvus;
		this.ledger = ledger;
		this.mark = mark;
		this.contents = contents;
	}

	/**
	 * Writes the draft, replacing an older one. Without secrets, which are asked for
	 * again at the end.
	 */
	void write() {
		store().writeDraft(this.places.targetLayout(),
				new Draft(manifest(databases(), source()), this.mark.fingerprint(), this.mark.request()), segments());
	}

	/**
	 * Writes the request, then the manifest, whose last object makes the backup exist,
	 * and then removes the draft. What fails before this leaves nothing that only another
	 * request could run into.
	 */
	void complete() {
		MilvusCluster cluster = this.milvus.cluster();
		ClusterState state = source();
		BackupManifest manifest = manifest(databases().stream().map(cluster::withEncryptionKey).toList(),
				new ClusterState(this.scope.rbac() ? cluster.rbac() : null, state.rpcChannel(), state.flush()));
		this.places.target()
			.write(this.places.targetLayout().meta(MetaFile.REQUEST),
					ObjectContent.of(this.mark.request().getBytes(StandardCharsets.UTF_8)));
		store().write(this.places.targetLayout(), manifest, segments(), this.places.logPaths());
		store().deleteDraft(this.places.targetLayout());
	}

	private ManifestStore store() {
		return new ManifestStore(this.places.target());
	}

	/** What the ledger has of the source as a whole. */
	private ClusterState source() {
		return this.ledger.source(this.scope.run()).map(ManifestCodec::clusterFromJson).orElse(ClusterState.NONE);
	}

	private List<Database> databases() {
		return this.milvus.catalog()
			.databases()
			.stream()
			.filter((database) -> this.scope.filter().selectsDatabase(database.name()))
			.toList();
	}

	private BackupManifest manifest(List<Database> databases, ClusterState cluster) {
		List<CollectionBackup> collections = this.ledger.collections(this.scope.run())
			.stream()
			.filter((planned) -> planned.state() == PlannedCollection.State.PLANNED)
			.map(this.contents::of)
			.toList();
		return new BackupManifest(this.scope.taskId(), this.places.targetLayout().name(),
				this.milvus.catalog().version(), databases, collections, cluster, this.contents.format());
	}

	private SegmentSource segments() {
		return (collectionId, partitionId) -> {
			Stream<PlannedSegment> segments = this.ledger.segments(this.scope.run(), collectionId, partitionId);
			Stream<Segment> plain = segments.map(PlannedSegment::segment);
			return plain.onClose(segments::close);
		};
	}

}
