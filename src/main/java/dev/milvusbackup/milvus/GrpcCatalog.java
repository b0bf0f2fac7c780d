package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.milvus.MilvusFeatures.Feature;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Database;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.SegmentLevel;
import io.milvus.grpc.DescribeDatabaseRequest;
import io.milvus.grpc.DescribeDatabaseResponse;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.PersistentSegmentInfo;
import io.milvus.grpc.SegmentState;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue over gRPC.
 */
final class GrpcCatalog implements MilvusCatalog {

	/**
	 * States of segments whose binlogs are complete. Segments that an import left behind
	 * when the server died stay sealed for ever.
	 */
	private static final Set<SegmentState> PERSISTENT = EnumSet.of(SegmentState.Flushing, SegmentState.Flushed);

	private final MilvusCalls calls;

	private final CollectionReader reader;

	private final Flush flush;

	private final RowQuery rows;

	private final String version;

	GrpcCatalog(MilvusCalls calls, CollectionReader reader, String version) {
		this.calls = calls;
		this.reader = reader;
		this.flush = new Flush(calls);
		this.rows = new RowQuery(calls);
		this.version = version;
	}

	@Override
	public String version() {
		return this.version;
	}

	@Override
	public List<Database> databases() {
		return databaseNames(this.calls).stream().map(this::database).toList();
	}

	static List<String> databaseNames(MilvusCalls calls) {
		try {
			return calls.send(Call.global("list databases",
					(stub) -> stub.listDatabases(ListDatabasesRequest.getDefaultInstance()),
					ListDatabasesResponse::getStatus))
				.getDbNamesList();
		}
		catch (MilvusException ex) {
			if (ex.kind() == Kind.UNSUPPORTED) {
				return List.of(CollectionName.DEFAULT_DATABASE);
			}
			throw ex;
		}
	}

	private Database database(String name) {
		if (!this.calls.features().has(Feature.DESCRIBE_DATABASE)) {
			return new Database(name, 0, List.of());
		}
		DescribeDatabaseRequest request = DescribeDatabaseRequest.newBuilder().setDbName(name).build();
		DescribeDatabaseResponse answer = this.calls.send(new Call<>("describe database '" + name + "'", name,
				(stub) -> stub.describeDatabase(request), DescribeDatabaseResponse::getStatus));
		return new Database(name, answer.getDbID(), SchemaReader.pairs(answer.getPropertiesList()));
	}

	@Override
	public List<CollectionName> collections(String database) {
		ShowCollectionsRequest request = ShowCollectionsRequest.newBuilder().setDbName(database).build();
		ShowCollectionsResponse answer = this.calls.send(new Call<>("list collections of '" + database + "'", database,
				(stub) -> stub.showCollections(request), ShowCollectionsResponse::getStatus));
		return answer.getCollectionNamesList()
			.stream()
			.map((name) -> new CollectionName(database, name))
			.sorted()
			.toList();
	}

	@Override
	public Collection describe(CollectionName name) {
		return this.reader.read(name);
	}

	@Override
	public List<Partition> partitions(CollectionName name, LoadState collectionState) {
		return this.reader.partitions(name, collectionState);
	}

	@Override
	public Collection.Checkpoint flush(CollectionName name, Duration limit) {
		return this.flush.run(name, limit);
	}

	@Override
	public List<PersistentSegment> segments(CollectionName name) {
		GetPersistentSegmentInfoRequest request = GetPersistentSegmentInfoRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name())
			.build();
		GetPersistentSegmentInfoResponse answer = this.calls
			.send(new Call<>("list segments of '" + name + "'", name.database(),
					(stub) -> stub.getPersistentSegmentInfo(request), GetPersistentSegmentInfoResponse::getStatus));
		List<PersistentSegment> segments = new ArrayList<>(answer.getInfosCount());
		for (PersistentSegmentInfo info : answer.getInfosList()) {
			if (PERSISTENT.contains(info.getState())) {
				segments.add(segment(info));
			}
		}
		segments.sort(Comparator.comparingLong(PersistentSegment::id));
		return segments;
	}

	private static PersistentSegment segment(PersistentSegmentInfo info) {
		return new PersistentSegment(info.getSegmentID(), info.getCollectionID(), info.getPartitionID(),
				info.getNumRows(), level(info), info.getStorageVersion());
	}

	/** A server that does not send the level cannot be told from one that sends 0. */
	private static @Nullable SegmentLevel level(PersistentSegmentInfo info) {
		return switch (info.getLevel()) {
			case Legacy -> null;
			case L0 -> SegmentLevel.L0;
			default -> SegmentLevel.DATA;
		};
	}

	@Override
	public Set<String> aliases(CollectionName name) {
		return new TreeSet<>(this.reader.describe(name).getAliasesList());
	}

	@Override
	public boolean countsRows() {
		return this.rows.isPossible();
	}

	@Override
	public long count(CollectionName name, List<String> partitions) {
		return this.rows.count(name, partitions);
	}

}
