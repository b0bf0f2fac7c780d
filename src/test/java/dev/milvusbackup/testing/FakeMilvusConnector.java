package dev.milvusbackup.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import dev.milvusbackup.milvus.BulkImport;
import dev.milvusbackup.milvus.GarbageCollection;
import dev.milvusbackup.milvus.MetadataStore;
import dev.milvusbackup.milvus.MilvusCatalog;
import dev.milvusbackup.milvus.MilvusCluster;
import dev.milvusbackup.milvus.MilvusConnector;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.milvus.MilvusProperties;
import dev.milvusbackup.milvus.MilvusSchema;
import dev.milvusbackup.milvus.MilvusSnapshots;
import dev.milvusbackup.milvus.SegmentLogs;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import org.jspecify.annotations.Nullable;

/**
 * A Milvus without collections: it tells its version and takes pauses.
 */
public final class FakeMilvusConnector implements MilvusConnector {

	private final List<Duration> pauses = new ArrayList<>();

	private @Nullable MilvusException connectFailure;

	private @Nullable MilvusException pauseFailure;

	public FakeMilvusConnector refusing(MilvusException failure) {
		this.connectFailure = failure;
		return this;
	}

	public FakeMilvusConnector refusingPauses(MilvusException failure) {
		this.pauseFailure = failure;
		return this;
	}

	public List<Duration> pauses() {
		return this.pauses;
	}

	@Override
	public Milvus connect(MilvusProperties properties) {
		if (this.connectFailure != null) {
			throw this.connectFailure;
		}
		return new EmptyMilvus();
	}

	private final class EmptyMilvus implements Milvus, GarbageCollection {

		@Override
		public MilvusCatalog catalog() {
			return new EmptyCatalog();
		}

		@Override
		public MilvusSchema schema() {
			throw new UnsupportedOperationException();
		}

		@Override
		public BulkImport bulkImport() {
			throw new UnsupportedOperationException();
		}

		@Override
		public MilvusCluster cluster() {
			throw new UnsupportedOperationException();
		}

		@Override
		public SegmentLogs segmentLogs() {
			throw new UnsupportedOperationException();
		}

		@Override
		public MetadataStore metadataStore() {
			throw new UnsupportedOperationException();
		}

		@Override
		public MilvusSnapshots snapshots() {
			throw new UnsupportedOperationException();
		}

		@Override
		public GarbageCollection garbageCollection() {
			return this;
		}

		@Override
		public boolean pausesCollections() {
			return false;
		}

		@Override
		public String pause(long collectionId, Duration duration) {
			if (FakeMilvusConnector.this.pauseFailure != null) {
				throw FakeMilvusConnector.this.pauseFailure;
			}
			FakeMilvusConnector.this.pauses.add(duration);
			return "";
		}

		@Override
		public void resume(String ticket) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void close() {
			// holds nothing
		}

	}

	private static final class EmptyCatalog implements MilvusCatalog {

		@Override
		public String version() {
			return "v2.3.5";
		}

		@Override
		public List<Database> databases() {
			return List.of();
		}

		@Override
		public List<CollectionName> collections(String database) {
			return List.of();
		}

		@Override
		public Collection describe(CollectionName name) {
			throw new UnsupportedOperationException();
		}

		@Override
		public List<Partition> partitions(CollectionName name, LoadState collectionState) {
			return List.of();
		}

		@Override
		public Collection.Checkpoint flush(CollectionName name, Duration limit) {
			throw new UnsupportedOperationException();
		}

		@Override
		public List<PersistentSegment> segments(CollectionName name) {
			return List.of();
		}

		@Override
		public Set<String> aliases(CollectionName name) {
			return Set.of();
		}

		@Override
		public boolean countsRows() {
			return false;
		}

		@Override
		public long count(CollectionName name, List<String> partitions) {
			throw new MilvusException(MilvusException.Kind.UNSUPPORTED, "unable to count the rows of '" + name + "'",
					null, null);
		}

	}

}
