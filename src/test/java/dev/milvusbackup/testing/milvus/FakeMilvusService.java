package dev.milvusbackup.testing.milvus;

import java.util.List;
import java.util.function.Supplier;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.AlterCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.AlterDatabaseRequest;
import io.milvus.grpc.AlterIndexRequest;
import io.milvus.grpc.BackupRBACMetaRequest;
import io.milvus.grpc.BackupRBACMetaResponse;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.CreateIndexRequest;
import io.milvus.grpc.CreatePartitionRequest;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeDatabaseRequest;
import io.milvus.grpc.DescribeDatabaseResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropIndexRequest;
import io.milvus.grpc.DescribeResourceGroupRequest;
import io.milvus.grpc.DescribeResourceGroupResponse;
import io.milvus.grpc.ListResourceGroupsRequest;
import io.milvus.grpc.ListResourceGroupsResponse;
import io.milvus.grpc.FlushAllRequest;
import io.milvus.grpc.FlushAllResponse;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetFlushAllStateRequest;
import io.milvus.grpc.GetFlushAllStateResponse;
import io.milvus.grpc.GetFlushStateRequest;
import io.milvus.grpc.GetFlushStateResponse;
import io.milvus.grpc.GetImportStateRequest;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetLoadingProgressRequest;
import io.milvus.grpc.GetLoadingProgressResponse;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;
import io.milvus.grpc.GetReplicasRequest;
import io.milvus.grpc.GetReplicasResponse;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.HasCollectionRequest;
import io.milvus.grpc.HasPartitionRequest;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.ListAliasesRequest;
import io.milvus.grpc.ListAliasesResponse;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.ListImportTasksRequest;
import io.milvus.grpc.ListImportTasksResponse;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.LoadPartitionsRequest;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceImplBase;
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;
import io.milvus.grpc.ReleaseCollectionRequest;
import io.milvus.grpc.ReplicateMessageRequest;
import io.milvus.grpc.ReplicateMessageResponse;
import io.milvus.grpc.RestoreRBACMetaRequest;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.ShowPartitionsResponse;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.Context;
import io.milvus.shaded.io.grpc.stub.StreamObserver;

/**
 * Dispatches requests; what a version does not have stays UNIMPLEMENTED.
 */
final class FakeMilvusService extends MilvusServiceImplBase {

	/** The database that the request's header names. */
	static final Context.Key<String> DATABASE = Context.keyWithDefault("dbname", CollectionName.DEFAULT_DATABASE);

	private final FakeVersion version;

	private final FakeCatalogue catalogue;

	private final CatalogueAnswers reads;

	private final ChangeAnswers changes;

	private final AlterAnswers alterations;

	private final LoadAnswers loads;

	private final QueryAnswers queries;

	private final FlushAnswers flushes;

	private final SegmentAnswers segments;

	private final ImportAnswers imports;

	private final FakeRoles roles;

	FakeMilvusService(FakeState state) {
		Answers answers = new Answers(state.version());
		this.version = state.version();
		this.catalogue = state.catalogue();
		this.reads = new CatalogueAnswers(this.version, this.catalogue, answers);
		this.changes = new ChangeAnswers(this.version, this.catalogue, answers);
		this.alterations = new AlterAnswers(this.catalogue, answers);
		this.loads = new LoadAnswers(this.catalogue, answers);
		this.queries = new QueryAnswers(this.version, this.catalogue, answers);
		this.flushes = new FlushAnswers(this.version, this.catalogue, state.flushes());
		this.segments = new SegmentAnswers(this.version, this.catalogue, state.imports());
		this.imports = new ImportAnswers(this.version, new ImportDesk(this.version, this.catalogue, state.imports()));
		this.roles = state.roles();
	}

	@Override
	public void connect(ConnectRequest request, StreamObserver<ConnectResponse> observer) {
		answer(this.version.hasConnect(), observer, this.reads::connect);
	}

	@Override
	public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> observer) {
		answer(observer, this.reads::version);
	}

	@Override
	public void listDatabases(ListDatabasesRequest request, StreamObserver<ListDatabasesResponse> observer) {
		answer(this.version.hasDatabases(), observer, this.reads::databases);
	}

	@Override
	public void describeDatabase(DescribeDatabaseRequest request, StreamObserver<DescribeDatabaseResponse> observer) {
		answer(this.version.describesDatabases(), observer, () -> this.reads.database(request));
	}

	@Override
	public void createDatabase(CreateDatabaseRequest request, StreamObserver<Status> observer) {
		answer(this.version.hasDatabases(), observer, () -> this.changes.createDatabase(request));
	}

	@Override
	public void showCollections(ShowCollectionsRequest request, StreamObserver<ShowCollectionsResponse> observer) {
		answer(observer, () -> this.reads.collections(DATABASE.get()));
	}

	@Override
	public void hasCollection(HasCollectionRequest request, StreamObserver<BoolResponse> observer) {
		answer(observer, () -> this.reads.hasCollection(name(request.getCollectionName())));
	}

	@Override
	public void describeCollection(DescribeCollectionRequest request,
			StreamObserver<DescribeCollectionResponse> observer) {
		answer(observer, () -> this.reads.describe(name(request.getCollectionName())));
	}

	@Override
	public void createCollection(CreateCollectionRequest request, StreamObserver<Status> observer) {
		answer(observer, () -> this.changes.createCollection(name(request.getCollectionName()), request));
	}

	@Override
	public void dropCollection(DropCollectionRequest request, StreamObserver<Status> observer) {
		answer(observer, () -> this.changes.dropCollection(name(request.getCollectionName())));
	}

	@Override
	public void addCollectionField(AddCollectionFieldRequest request, StreamObserver<Status> observer) {
		answer(this.version.addsFields(), observer,
				() -> this.changes.addField(name(request.getCollectionName()), request));
	}

	@Override
	public void alterCollection(AlterCollectionRequest request, StreamObserver<Status> observer) {
		answer(observer, () -> this.alterations.collection(name(request.getCollectionName()), request));
	}

	@Override
	public void showPartitions(ShowPartitionsRequest request, StreamObserver<ShowPartitionsResponse> observer) {
		answer(observer, () -> this.reads.partitions(name(request.getCollectionName())));
	}

	@Override
	public void hasPartition(HasPartitionRequest request, StreamObserver<BoolResponse> observer) {
		answer(observer, () -> this.reads.hasPartition(name(request.getCollectionName()), request.getPartitionName()));
	}

	@Override
	public void createPartition(CreatePartitionRequest request, StreamObserver<Status> observer) {
		answer(observer,
				() -> this.changes.createPartition(name(request.getCollectionName()), request.getPartitionName()));
	}

	@Override
	public void describeIndex(DescribeIndexRequest request, StreamObserver<DescribeIndexResponse> observer) {
		answer(observer, () -> this.reads.indexes(name(request.getCollectionName())));
	}

	@Override
	public void createIndex(CreateIndexRequest request, StreamObserver<Status> observer) {
		answer(observer, () -> this.changes.createIndex(name(request.getCollectionName()), request));
	}

	@Override
	public void dropIndex(DropIndexRequest request, StreamObserver<Status> observer) {
		answer(observer, () -> this.changes.dropIndex(name(request.getCollectionName()), request.getIndexName()));
	}

	@Override
	public void createAlias(CreateAliasRequest request, StreamObserver<Status> observer) {
		answer(observer, () -> this.alterations.createAlias(name(request.getCollectionName()), request.getAlias()));
	}

	@Override
	public void getLoadState(GetLoadStateRequest request, StreamObserver<GetLoadStateResponse> observer) {
		answer(this.version.tellsLoadState(), observer,
				() -> this.reads.loadState(name(request.getCollectionName()), request.getPartitionNamesList()));
	}

	@Override
	public void flush(FlushRequest request, StreamObserver<FlushResponse> observer) {
		answer(observer, () -> this.flushes.flush(name(request.getCollectionNames(0))));
	}

	@Override
	public void getFlushState(GetFlushStateRequest request, StreamObserver<GetFlushStateResponse> observer) {
		answer(observer, () -> this.flushes.state(request, name(request.getCollectionName())));
	}

	@Override
	public void getPersistentSegmentInfo(GetPersistentSegmentInfoRequest request,
			StreamObserver<GetPersistentSegmentInfoResponse> observer) {
		answer(observer, () -> this.segments.list(name(request.getCollectionName())));
	}

	@Override
	public void import_(ImportRequest request, StreamObserver<ImportResponse> observer) {
		answer(observer, () -> this.imports.submit(name(request.getCollectionName()), request));
	}

	@Override
	public void getImportState(GetImportStateRequest request, StreamObserver<GetImportStateResponse> observer) {
		answer(observer, () -> this.imports.job(request.getTask()));
	}

	@Override
	public void listImportTasks(ListImportTasksRequest request, StreamObserver<ListImportTasksResponse> observer) {
		answer(observer, () -> this.imports.jobs(name(request.getCollectionName())));
	}

	@Override
	public void alterCollectionField(AlterCollectionFieldRequest request, StreamObserver<Status> observer) {
		answer(this.version.altersFields(), observer,
				() -> this.alterations.field(name(request.getCollectionName()), request));
	}

	@Override
	public void alterIndex(AlterIndexRequest request, StreamObserver<Status> observer) {
		answer(this.version.altersIndexes(), observer,
				() -> this.alterations.index(name(request.getCollectionName()), request));
	}

	@Override
	public void alterDatabase(AlterDatabaseRequest request, StreamObserver<Status> observer) {
		answer(this.version.describesDatabases(), observer, () -> this.alterations.database(request));
	}

	@Override
	public void alterAlias(AlterAliasRequest request, StreamObserver<Status> observer) {
		answer(observer, () -> this.alterations.alterAlias(name(request.getCollectionName()), request.getAlias()));
	}

	@Override
	public void dropAlias(DropAliasRequest request, StreamObserver<Status> observer) {
		answer(observer, () -> this.alterations.dropAlias(DATABASE.get(), request.getAlias()));
	}

	@Override
	public void listAliases(ListAliasesRequest request, StreamObserver<ListAliasesResponse> observer) {
		answer(this.version.listsAliases(), observer,
				() -> this.alterations.aliases(name(request.getCollectionName())));
	}

	@Override
	public void getLoadingProgress(GetLoadingProgressRequest request,
			StreamObserver<GetLoadingProgressResponse> observer) {
		answer(observer,
				() -> this.reads.loadingProgress(name(request.getCollectionName()), request.getPartitionNamesList()));
	}

	@Override
	public void loadCollection(LoadCollectionRequest request, StreamObserver<Status> observer) {
		answer(observer, () -> this.loads.load(name(request.getCollectionName()), List.of(), request.getReplicaNumber(),
				request.getResourceGroupsList()));
	}

	@Override
	public void loadPartitions(LoadPartitionsRequest request, StreamObserver<Status> observer) {
		answer(observer, () -> this.loads.load(name(request.getCollectionName()), request.getPartitionNamesList(),
				request.getReplicaNumber(), request.getResourceGroupsList()));
	}

	@Override
	public void releaseCollection(ReleaseCollectionRequest request, StreamObserver<Status> observer) {
		answer(observer, () -> this.loads.release(name(request.getCollectionName())));
	}

	@Override
	public void getReplicas(GetReplicasRequest request, StreamObserver<GetReplicasResponse> observer) {
		answer(observer, () -> this.loads.replicas(name(request.getCollectionName()), request.getCollectionID()));
	}

	@Override
	public void query(QueryRequest request, StreamObserver<QueryResults> observer) {
		answer(observer, () -> this.queries.query(name(request.getCollectionName()), request));
	}

	@Override
	public void listResourceGroups(ListResourceGroupsRequest request,
			StreamObserver<ListResourceGroupsResponse> observer) {
		answer(this.version.hasResourceGroups(), observer, this.loads::groups);
	}

	@Override
	public void describeResourceGroup(DescribeResourceGroupRequest request,
			StreamObserver<DescribeResourceGroupResponse> observer) {
		answer(this.version.hasResourceGroups(), observer, () -> this.loads.group(request.getResourceGroup()));
	}

	@Override
	public void flushAll(FlushAllRequest request, StreamObserver<FlushAllResponse> observer) {
		answer(observer, this.flushes::flushAll);
	}

	@Override
	public void getFlushAllState(GetFlushAllStateRequest request, StreamObserver<GetFlushAllStateResponse> observer) {
		answer(observer, () -> this.flushes.allState(request));
	}

	@Override
	public void backupRBAC(BackupRBACMetaRequest request, StreamObserver<BackupRBACMetaResponse> observer) {
		answer(this.version.hasRoleBackup(), observer, this.roles::backUp);
	}

	@Override
	public void restoreRBAC(RestoreRBACMetaRequest request, StreamObserver<Status> observer) {
		answer(this.version.hasRoleBackup(), observer, () -> this.roles.restore(request.getRBACMeta()));
	}

	@Override
	public void replicateMessage(ReplicateMessageRequest request, StreamObserver<ReplicateMessageResponse> observer) {
		answer(this.version.hasReplicateMessage(), observer, () -> this.reads.position(request.getChannelName()));
	}

	private static CollectionName name(String collection) {
		return new CollectionName(DATABASE.get(), collection);
	}

	private <T> void answer(StreamObserver<T> observer, Supplier<T> answer) {
		observer.onNext(this.catalogue.locked(answer));
		observer.onCompleted();
	}

	private <T> void answer(boolean has, StreamObserver<T> observer, Supplier<T> answer) {
		if (has) {
			answer(observer, answer);
		}
		else {
			observer.onError(io.milvus.shaded.io.grpc.Status.UNIMPLEMENTED.withDescription("unknown method")
				.asRuntimeException());
		}
	}

}
