package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MilvusLayout;
import dev.milvusbackup.manifest.BackupManifest;
import dev.milvusbackup.manifest.CollectionBackup;
import dev.milvusbackup.manifest.LogPaths;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.milvus.MilvusCatalog;
import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeSegment;
import org.jspecify.annotations.Nullable;

/**
 * Backs up collections of a simulated Milvus the simple way.
 */
final class FakeBackup {

	private final MilvusCatalog catalog;

	private final ObjectStore source;

	private final MilvusLayout sourceLayout;

	private final List<CollectionBackup> collections = new ArrayList<>();

	private ClusterState cluster = ClusterState.NONE;

	private @Nullable List<Database> databases;

	private final List<Segment> segments = new ArrayList<>();

	private String version = "v2.3.5";

	private Collection.Checkpoint checkpoint = Collection.Checkpoint.NONE;

	private boolean channels = true;

	/** 0 for one of its own for each segment. */
	private long group;

	FakeBackup(MilvusCatalog catalog, ObjectStore source, MilvusLayout sourceLayout) {
		this.catalog = catalog;
		this.source = source;
		this.sourceLayout = sourceLayout;
	}

	FakeBackup version(String newVersion) {
		this.version = newVersion;
		return this;
	}

	/**
	 * The next collections are written as by old releases: all segments of a partition in
	 * one group.
	 */
	FakeBackup sharedGroup(long newGroup) {
		this.group = newGroup;
		return this;
	}

	/**
	 * What the backup holds besides collections.
	 */
	FakeBackup cluster(ClusterState newCluster, List<Database> newDatabases) {
		this.cluster = newCluster;
		this.databases = newDatabases;
		return this;
	}

	/**
	 * The next collections have it.
	 */
	FakeBackup checkpoint(Collection.Checkpoint newCheckpoint) {
		this.checkpoint = newCheckpoint;
		return this;
	}

	/**
	 * The next segments do not tell their channel.
	 */
	FakeBackup withoutChannels() {
		this.channels = false;
		return this;
	}

	FakeBackup add(FakeCollection... fakes) {
		for (FakeCollection fake : fakes) {
			add(this.catalog.describe(fake.name()).withCheckpoint(this.checkpoint), fake);
		}
		return this;
	}

	/**
	 * A collection with the segments of the fake one.
	 */
	FakeBackup add(Collection collection, FakeCollection fake) {
		this.collections.add(new CollectionBackup(collection, 0, Map.of()));
		for (FakeSegment segment : fake.segments()) {
			this.segments.add(segment(segment, fake.objects(segment)));
		}
		return this;
	}

	FakeBackup add(Segment segment) {
		this.segments.add(segment);
		return this;
	}

	void write(ObjectStore target, BackupLayout layout) {
		for (Segment segment : this.segments) {
			for (Binlog binlog : segment.binlogs()) {
				this.source.stat(this.sourceLayout.key(segment, binlog))
					.ifPresent((object) -> target.copy(this.source, object, layout.key(segment, binlog)));
			}
		}
		BackupManifest manifest = new BackupManifest("id", layout.name(), this.version,
				(this.databases != null) ? this.databases : this.catalog.databases(), this.collections, this.cluster);
		new ManifestStore(target).write(layout, manifest, (collectionId, partitionId) -> this.segments.stream()
			.filter((segment) -> segment.collectionId() == collectionId && segment.partitionId() == partitionId),
				LogPaths.NONE);
	}

	private Segment segment(FakeSegment segment, List<ObjectStat> objects) {
		List<Binlog> binlogs = objects.stream().map((object) -> {
			MilvusLayout.LogLocation at = this.sourceLayout.parse(object.key()).orElseThrow();
			return new Binlog(at.kind(), at.fieldId(), at.logId(), object.bytes(), object.etag());
		}).toList();
		return new Segment(segment.id(), segment.collectionId(), segment.partitionId(), segment.rows(),
				segment.levelZero() ? SegmentLevel.L0 : SegmentLevel.DATA,
				segment.levelZero() ? 0 : (this.group != 0) ? this.group : segment.id(),
				!this.channels ? null : "by-dev-rootcoord-dml_" + segment.channel() + "_" + segment.collectionId() + "v"
						+ segment.channel(),
				segment.storageVersion(), binlogs);
	}

}
