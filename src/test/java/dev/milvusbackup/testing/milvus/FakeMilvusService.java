package dev.milvusbackup.testing.milvus;

import java.util.function.Supplier;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionRequest;
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
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropIndexRequest;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetFlushStateRequest;
import io.milvus.grpc.GetFlushStateResponse;
import io.milvus.grpc.GetImportStateRequest;
import io.milvus.grpc.GetImportStateResponse;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.HasCollectionRequest;
import io.milvus.grpc.HasPartitionRequest;
import io.milvus.grpc.ImportRequest;
import io.milvus.grpc.ImportResponse;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.ListImportTasksRequest;
import io.milvus.grpc.ListImportTasksResponse;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceImplBase;
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

	private final DataAnswers data;

	FakeMilvusService(FakeVersion version, FakeCatalogue catalogue, FakeImports imports, FlushSettings flushes) {
		Answers answers = new Answers(version);
		this.version = version;
		this.catalogue = catalogue;
		this.reads = new CatalogueAnswers(version, catalogue, answers);
		this.changes = new ChangeAnswers(catalogue, answers);
		this.data = new DataAnswers(version, catalogue, imports, flushes);
	}

	@Override
	public void connect(ConnectRequest request, StreamObserver<ConnectResponse> observer) {
		answer(observer, this.reads::connect);
	}

	@Override
	public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> observer) {
		answer(observer, this.reads::version);
	}

	@Override
	public void listDatabases(ListDatabasesRequest request, StreamObserver<ListDatabasesResponse> observer) {
		if (this.version.hasDatabases()) {
			answer(observer, this.reads::databases);
		}
		else {
			super.listDatabases(request, observer);
		}
	}

	@Override
	public void describeDatabase(DescribeDatabaseRequest request, StreamObserver<DescribeDatabaseResponse> observer) {
		if (this.version.describesDatabases()) {
			answer(observer, () -> this.reads.database(request));
		}
		else {
			super.describeDatabase(request, observer);
		}
	}

	@Override
	public void createDatabase(CreateDatabaseRequest request, StreamObserver<Status> observer) {
		if (this.version.hasDatabases()) {
			answer(observer, () -> this.changes.createDatabase(request));
		}
		else {
			super.createDatabase(request, observer);
		}
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
		if (this.version.addsFields()) {
			answer(observer, () -> this.changes.addField(name(request.getCollectionName()), request));
		}
		else {
			super.addCollectionField(request, observer);
		}
	}

	@Override
	public void alterCollection(AlterCollectionRequest request, StreamObserver<Status> observer) {
		answer(observer, () -> this.changes.alter(name(request.getCollectionName()), request));
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
		answer(observer, () -> this.changes.createAlias(name(request.getCollectionName()), request.getAlias()));
	}

	@Override
	public void getLoadState(GetLoadStateRequest request, StreamObserver<GetLoadStateResponse> observer) {
		answer(observer,
				() -> this.reads.loadState(name(request.getCollectionName()), request.getPartitionNamesList()));
	}

	@Override
	public void flush(FlushRequest request, StreamObserver<FlushResponse> observer) {
		answer(observer, () -> this.data.flush(name(request.getCollectionNames(0))));
	}

	@Override
	public void getFlushState(GetFlushStateRequest request, StreamObserver<GetFlushStateResponse> observer) {
		answer(observer, () -> this.data.flushState(request));
	}

	@Override
	public void getPersistentSegmentInfo(GetPersistentSegmentInfoRequest request,
			StreamObserver<GetPersistentSegmentInfoResponse> observer) {
		answer(observer, () -> this.data.segments(name(request.getCollectionName())));
	}

	@Override
	public void import_(ImportRequest request, StreamObserver<ImportResponse> observer) {
		answer(observer, () -> this.data.submit(name(request.getCollectionName()), request));
	}

	@Override
	public void getImportState(GetImportStateRequest request, StreamObserver<GetImportStateResponse> observer) {
		answer(observer, () -> this.data.job(request.getTask()));
	}

	@Override
	public void listImportTasks(ListImportTasksRequest request, StreamObserver<ListImportTasksResponse> observer) {
		answer(observer, () -> this.data.jobs(name(request.getCollectionName())));
	}

	private static CollectionName name(String collection) {
		return new CollectionName(DATABASE.get(), collection);
	}

	private <T> void answer(StreamObserver<T> observer, Supplier<T> answer) {
		observer.onNext(this.catalogue.locked(answer));
		observer.onCompleted();
	}

}
