package dev.milvusbackup.testing.milvus;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import com.google.protobuf.DynamicMessage;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.testing.milvus.FakeSnapshots.Job;
import dev.milvusbackup.testing.milvus.FakeSnapshots.Result;
import dev.milvusbackup.testing.milvus.FakeSnapshots.Snapshot;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.BindableService;
import io.milvus.shaded.io.grpc.ServerMethodDefinition;
import io.milvus.shaded.io.grpc.ServerServiceDefinition;
import io.milvus.shaded.io.grpc.stub.ServerCalls;
import io.milvus.shaded.io.grpc.stub.StreamObserver;

/**
 * The requests for snapshots. The store of the server is the only bucket that it reaches,
 * whatever name a URI gives it, unless a test says which buckets there are.
 */
final class SnapshotAnswers {

	private final FakeCatalogue catalogue;

	private final FakeSnapshots snapshots;

	private final ObjectStore store;

	private final Answers answers;

	private final Map<String, Function<DynamicMessage, DynamicMessage>> requests = new TreeMap<>();

	SnapshotAnswers(FakeState state, ObjectStore store) {
		this.catalogue = state.catalogue();
		this.snapshots = state.snapshots();
		this.store = store;
		this.answers = new Answers(state.version());
		this.requests.put("CreateSnapshot",
				(request) -> done(() -> this.snapshots.create(source(request), name(request))));
		this.requests.put("DropSnapshot", (request) -> done(() -> this.snapshots.drop(source(request), name(request))));
		this.requests.put("ListSnapshots", this::list);
		this.requests.put("DescribeSnapshot", this::describe);
		this.requests.put("ExportSnapshot", this::export);
		this.requests.put("RestoreExternalSnapshot", this::restore);
		this.requests.put("GetExportSnapshotState", (request) -> state(request, "ExportSnapshotInfo"));
		this.requests.put("GetRestoreSnapshotState", (request) -> state(request, "RestoreSnapshotInfo"));
		this.requests.put("ListRestoreSnapshotJobs", this::restoreJobs);
	}

	/**
	 * The service with these requests added.
	 */
	ServerServiceDefinition added(BindableService service) {
		ServerServiceDefinition.Builder all = ServerServiceDefinition.builder(SnapshotProtocol.SERVICE);
		for (ServerMethodDefinition<?, ?> method : service.bindService().getMethods()) {
			all.addMethod(method);
		}
		this.requests.forEach((request, action) -> all.addMethod(SnapshotProtocol.method(request),
				ServerCalls.asyncUnaryCall((message, observer) -> answer(request, action, message, observer))));
		return all.build();
	}

	private void answer(String request, Function<DynamicMessage, DynamicMessage> action, DynamicMessage message,
			StreamObserver<DynamicMessage> observer) {
		observer.onNext(this.catalogue.locked(() -> {
			try {
				this.snapshots.advance();
				return action.apply(message);
			}
			catch (Refusal ex) {
				DynamicMessage answer = SnapshotProtocol.empty(SnapshotProtocol.ANSWERS.get(request));
				return (answer.getDescriptorForType() == Status.getDescriptor()) ? dynamic(this.answers.error(ex))
						: SnapshotProtocol.with(answer, "status", this.answers.error(ex));
			}
		}));
		observer.onCompleted();
	}

	private DynamicMessage done(Runnable action) {
		action.run();
		return dynamic(this.answers.good());
	}

	private DynamicMessage list(DynamicMessage request) {
		return SnapshotProtocol.with(good("ListSnapshotsResponse"), "snapshots", this.snapshots.list(source(request)));
	}

	private DynamicMessage describe(DynamicMessage request) {
		Snapshot snapshot = this.snapshots.find(source(request), name(request));
		DynamicMessage answer = SnapshotProtocol.with(good("DescribeSnapshotResponse"), "name", snapshot.name());
		return SnapshotProtocol.with(answer, "create_ts", snapshot.timestamp());
	}

	private DynamicMessage export(DynamicMessage request) {
		Snapshot snapshot = this.snapshots.find(source(request), name(request));
		String uri = text(request, "target_s3_path");
		ObjectStore target = store(uri);
		SnapshotBundle bundle = new SnapshotBundle(this.catalogue, target, ObjectPrefix.of(key(uri)));
		long job = this.snapshots.submit(source(request), name(request), () -> {
			Result result = bundle.write(snapshot);
			return new Result(uri.substring(0, uri.length() - key(uri).length()) + result.uri(), result.files(),
					result.bytes());
		});
		return SnapshotProtocol.with(good("JobResponse"), "job_id", job);
	}

	private DynamicMessage restore(DynamicMessage request) {
		CollectionName target = new CollectionName(database(request), text(request, "target_collection_name"));
		String uri = text(request, "snapshot_metadata_uri");
		String description = key(uri);
		ObjectStore source = store(uri);
		if (this.catalogue.find(target) != null) {
			throw new Refusal(65535, "collection already exists: " + target);
		}
		long job = this.snapshots.submit(target, "", () -> SnapshotBundle.around(this.catalogue, source, description)
			.restore(new ObjectKey(description), target));
		return SnapshotProtocol.with(good("RestoreExternalSnapshotResponse"), "job_id", job);
	}

	private DynamicMessage restoreJobs(DynamicMessage request) {
		String named = text(request, "collection_name");
		List<DynamicMessage> jobs = this.snapshots.restores()
			.stream()
			.filter((job) -> job.collection.database().equals(database(request)))
			.filter((job) -> named.isEmpty() || named.equals(job.collection.name()))
			.map((job) -> info(job, "RestoreSnapshotInfo"))
			.toList();
		return SnapshotProtocol.with(good("ListRestoreSnapshotJobsResponse"), "jobs", jobs);
	}

	private static DynamicMessage info(Job job, String type) {
		DynamicMessage info = SnapshotProtocol.with(SnapshotProtocol.empty(type), "job_id", job.id);
		info = SnapshotProtocol.with(info, "state", job.state);
		info = SnapshotProtocol.with(info, "progress", (job.state == 3) ? 100 : job.told.percent());
		info = SnapshotProtocol.with(info, "reason", job.reason);
		info = SnapshotProtocol.with(info, "db_name", job.collection.database());
		return SnapshotProtocol.with(info, "collection_name", job.collection.name());
	}

	private DynamicMessage state(DynamicMessage request, String type) {
		Job job = this.snapshots.job((Long) SnapshotProtocol.get(request, "job_id"));
		DynamicMessage info = info(job, type);
		if (type.equals("ExportSnapshotInfo")) {
			info = SnapshotProtocol.with(info, "snapshot_name", job.snapshot);
			info = SnapshotProtocol.with(info, "total_files", job.told.files());
			info = SnapshotProtocol.with(info, "copied_files", job.told.copied());
			info = SnapshotProtocol.with(info, "total_bytes", job.result.bytes());
			info = SnapshotProtocol.with(info, "snapshot_metadata_uri", job.result.uri());
			return SnapshotProtocol.with(good("GetExportSnapshotStateResponse"), "info", info);
		}
		return SnapshotProtocol.with(good("GetRestoreSnapshotStateResponse"), "info", info);
	}

	private ObjectStore store(String uri) {
		String[] parts = uri.split("/");
		return this.snapshots.bucket(parts[uri.startsWith("s3://") ? 2 : 3], this.store);
	}

	/**
	 * The key in the bucket that {@code s3://bucket/…} or {@code minio://host/bucket/…}
	 * means.
	 */
	private static String key(String uri) {
		int names = uri.startsWith("s3://") ? 1 : 2;
		if (!uri.matches("(s3|minio)://.*")) {
			throw new Refusal(1100, "unsupported snapshot uri: " + uri);
		}
		int slash = uri.indexOf("://") + 2;
		for (int i = 0; i < names; i++) {
			slash = uri.indexOf('/', slash + 1);
		}
		return uri.substring(slash + 1);
	}

	private DynamicMessage good(String message) {
		return SnapshotProtocol.with(SnapshotProtocol.empty(message), "status", this.answers.good());
	}

	private static DynamicMessage dynamic(Status status) {
		return DynamicMessage.newBuilder(status).build();
	}

	private static CollectionName source(DynamicMessage request) {
		return new CollectionName(database(request), text(request, "collection_name"));
	}

	private static String database(DynamicMessage request) {
		String named = text(request, "db_name");
		return named.isEmpty() ? FakeMilvusService.DATABASE.get() : named;
	}

	private static String name(DynamicMessage request) {
		return text(request, "name");
	}

	private static String text(DynamicMessage request, String field) {
		return (String) SnapshotProtocol.get(request, field);
	}

}
