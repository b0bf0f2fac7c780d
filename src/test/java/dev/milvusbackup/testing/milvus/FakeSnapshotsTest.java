package dev.milvusbackup.testing.milvus;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.testing.MemoryObjectStore;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.CallOptions;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.Status.Code;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.milvus.shaded.io.grpc.stub.ClientCalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FakeSnapshotsTest {

	private static final String BUNDLE = "s3://a-bucket/backup/b1/bundle";

	private final MemoryObjectStore store = new MemoryObjectStore();

	private FakeMilvus server = FakeMilvus.start("3.0", this.store, ObjectPrefix.of("files"));

	private ManagedChannel channel = channel();

	@AfterEach
	void close() throws InterruptedException {
		this.channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
		this.server.close();
	}

	@Test
	void aCollectionComesBackAsItWasWhenTheSnapshotWasTaken() {
		FakeCollection books = this.server.collection("books").property("collection.ttl.seconds", "60");
		books.index("vector", "v_idx", Map.of("index_type", "HNSW"));
		books.history().insert("_default", 1, 2, 3);
		books.history().insert("new", 4);
		books.history().flush();
		books.history().delete(null, 2);
		good("CreateSnapshot", Map.of("collection_name", "books", "name", "mbk_b1"));
		Map<?, ?> before = books.visible();
		books.history().insert("_default", 5);
		books.history().delete(null, 1);
		books.history().flush();
		books.history().compactLevelZero();
		books.history().compact("_default");
		String uri = export("books", "mbk_b1");
		assertThat(uri).startsWith(BUNDLE + "/snapshots/" + books.id() + "/metadata/").endsWith(".json");
		good("DropSnapshot", Map.of("collection_name", "books", "name", "mbk_b1"));
		assertThat(this.server.snapshots().names()).isEmpty();
		assertThat(restored(uri, "books_r")).isEqualTo(3);
		FakeCollection after = this.server.find("books_r");
		assertThat(after.visible()).isEqualTo(before);
		assertThat(after.description()).isEqualTo(books.description());
	}

	@Test
	void whatIsLostFromTheBundleFailsTheRestore() {
		FakeCollection books = this.server.collection("books");
		books.insertSegment("_default", 10);
		good("CreateSnapshot", Map.of("collection_name", "books", "name", "s"));
		String uri = export("books", "s");
		this.store.delete(this.store.keys()
			.stream()
			.filter((key) -> key.startsWith("backup/b1/bundle/insert_log/"))
			.limit(1)
			.map(ObjectKey::new)
			.toList());
		assertThat(restored(uri, "books_r")).isEqualTo(4);
		assertThat(this.server.find("books_r")).isNull();
	}

	@Test
	void namesAreTakenOnce() {
		this.server.collection("books");
		good("CreateSnapshot", Map.of("collection_name", "books", "name", "s"));
		assertThat(status("CreateSnapshot", Map.of("collection_name", "books", "name", "s")).getReason())
			.contains("already exists");
		assertThat(status("CreateSnapshot", Map.of("collection_name", "films", "name", "s")).getReason())
			.contains("collection not found");
		DynamicMessage described = call("DescribeSnapshot", Map.of("collection_name", "books", "name", "s"));
		assertThat((Long) SnapshotProtocol.get(described, "create_ts")).isPositive();
	}

	@Test
	void olderServersHaveNone() throws InterruptedException {
		close();
		this.server = FakeMilvus.start("2.6.11", this.store, ObjectPrefix.of("files"));
		this.channel = channel();
		assertThatThrownBy(() -> call("CreateSnapshot", Map.of("name", "s"))).isInstanceOfSatisfying(
				StatusRuntimeException.class,
				(ex) -> assertThat(ex.getStatus().getCode()).isEqualTo(Code.UNIMPLEMENTED));
	}

	private String export(String collection, String name) {
		DynamicMessage job = call("ExportSnapshot",
				Map.of("collection_name", collection, "name", name, "target_s3_path", BUNDLE));
		DynamicMessage state = call("GetExportSnapshotState", Map.of("job_id", SnapshotProtocol.get(job, "job_id")));
		DynamicMessage info = (DynamicMessage) SnapshotProtocol.get(state, "info");
		assertThat(SnapshotProtocol.get(info, "state")).isEqualTo(3);
		assertThat((Long) SnapshotProtocol.get(info, "total_files")).isPositive();
		return (String) SnapshotProtocol.get(info, "snapshot_metadata_uri");
	}

	private int restored(String uri, String target) {
		DynamicMessage job = call("RestoreExternalSnapshot",
				Map.of("target_collection_name", target, "snapshot_metadata_uri", uri));
		DynamicMessage state = call("GetRestoreSnapshotState", Map.of("job_id", SnapshotProtocol.get(job, "job_id")));
		return (Integer) SnapshotProtocol.get((DynamicMessage) SnapshotProtocol.get(state, "info"), "state");
	}

	private void good(String request, Map<String, ?> values) {
		assertThat(status(request, values).getCode()).isZero();
	}

	private Status status(String request, Map<String, ?> values) {
		try {
			return Status.parseFrom(call(request, values).toByteString());
		}
		catch (InvalidProtocolBufferException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private DynamicMessage call(String request, Map<String, ?> values) {
		DynamicMessage message = SnapshotProtocol.empty(request + "Request");
		for (Map.Entry<String, ?> value : values.entrySet()) {
			message = SnapshotProtocol.with(message, value.getKey(), value.getValue());
		}
		return ClientCalls.blockingUnaryCall(this.channel, SnapshotProtocol.method(request),
				CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS), message);
	}

	private ManagedChannel channel() {
		return NettyChannelBuilder.forAddress("127.0.0.1", this.server.port()).usePlaintext().build();
	}

}
