package dev.milvusbackup.testing.milvus;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.FlushRequest;
import io.milvus.grpc.FlushResponse;
import io.milvus.grpc.GetFlushStateRequest;
import io.milvus.grpc.GetFlushStateResponse;
import io.milvus.grpc.GetLoadingProgressRequest;
import io.milvus.grpc.GetLoadingProgressResponse;
import io.milvus.grpc.GetPersistentSegmentInfoRequest;
import io.milvus.grpc.GetPersistentSegmentInfoResponse;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceImplBase;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.grpc.ShowPartitionsRequest;
import io.milvus.grpc.ShowPartitionsResponse;
import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.milvus.shaded.io.grpc.stub.StreamObserver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives recorded answers, and UNIMPLEMENTED to every other request.
 */
public final class RecordedMilvus implements AutoCloseable {

	private final Server server;

	/**
	 * What the Milvus of src/test/resources/golden answered.
	 */
	public static RecordedMilvus golden() {
		Map<String, byte[]> answers = new HashMap<>();
		try (InputStream recording = RecordedMilvus.class.getResourceAsStream("/golden/milvus-2.3.5-rpc.json")) {
			for (JsonNode call : JsonMapper.shared().readTree(recording)) {
				JsonNode request = call.path("request");
				String collection = request.path("collection_name")
					.asString(request.path("collectionName")
						.asString(request.path("collection_names").path(0).asString("")));
				answers.put(key(call.path("rpc").asString(), call.path("db").asString(), collection),
						Base64.getDecoder().decode(call.path("response_proto_base64").asString()));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return new RecordedMilvus(answers);
	}

	/**
	 * @param answers protobuf messages by {@link #key}
	 */
	public RecordedMilvus(Map<String, byte[]> answers) {
		try {
			this.server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
				.addService(new Recording(answers))
				.intercept(new HeaderInterceptor())
				.build()
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to start the recorded Milvus", ex);
		}
	}

	/**
	 * @param request name in the protocol
	 * @param collection empty for requests without one
	 */
	public static String key(String request, String database, String collection) {
		return request + " " + database + " " + collection;
	}

	public int port() {
		return this.server.getPort();
	}

	@Override
	public void close() {
		this.server.shutdownNow();
	}

	private static final class Recording extends MilvusServiceImplBase {

		private final Map<String, byte[]> answers;

		private Recording(Map<String, byte[]> answers) {
			this.answers = answers;
		}

		@Override
		public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> observer) {
			answer("GetVersion", "", GetVersionResponse.parser(), observer);
		}

		@Override
		public void listDatabases(ListDatabasesRequest request, StreamObserver<ListDatabasesResponse> observer) {
			answer("ListDatabases", "", ListDatabasesResponse.parser(), observer);
		}

		@Override
		public void showCollections(ShowCollectionsRequest request, StreamObserver<ShowCollectionsResponse> observer) {
			answer("ShowCollections", "", ShowCollectionsResponse.parser(), observer);
		}

		@Override
		public void describeCollection(DescribeCollectionRequest request,
				StreamObserver<DescribeCollectionResponse> observer) {
			answer("DescribeCollection", request.getCollectionName(), DescribeCollectionResponse.parser(), observer);
		}

		@Override
		public void showPartitions(ShowPartitionsRequest request, StreamObserver<ShowPartitionsResponse> observer) {
			answer("ShowPartitions", request.getCollectionName(), ShowPartitionsResponse.parser(), observer);
		}

		@Override
		public void describeIndex(DescribeIndexRequest request, StreamObserver<DescribeIndexResponse> observer) {
			answer("DescribeIndex", request.getCollectionName(), DescribeIndexResponse.parser(), observer);
		}

		@Override
		public void getLoadingProgress(GetLoadingProgressRequest request,
				StreamObserver<GetLoadingProgressResponse> observer) {
			answer("GetLoadingProgress", request.getCollectionName(), GetLoadingProgressResponse.parser(), observer);
		}

		@Override
		public void getPersistentSegmentInfo(GetPersistentSegmentInfoRequest request,
				StreamObserver<GetPersistentSegmentInfoResponse> observer) {
			answer("GetPersistentSegmentInfo", request.getCollectionName(), GetPersistentSegmentInfoResponse.parser(),
					observer);
		}

		@Override
		public void flush(FlushRequest request, StreamObserver<FlushResponse> observer) {
			answer("Flush", request.getCollectionNames(0), FlushResponse.parser(), observer);
		}

		/**
		 * Not recorded: whoever asked had waited long enough.
		 */
		@Override
		public void getFlushState(GetFlushStateRequest request, StreamObserver<GetFlushStateResponse> observer) {
			observer.onNext(GetFlushStateResponse.newBuilder().setFlushed(true).build());
			observer.onCompleted();
		}

		private <T> void answer(String request, String collection, Parser<T> parser, StreamObserver<T> observer) {
			String key = key(request, FakeMilvusService.DATABASE.get(), collection);
			byte[] recorded = this.answers.get(key);
			if (recorded == null) {
				observer.onError(Status.UNIMPLEMENTED.withDescription("not recorded: " + key).asRuntimeException());
				return;
			}
			try {
				observer.onNext(parser.parseFrom(recorded));
				observer.onCompleted();
			}
			catch (InvalidProtocolBufferException ex) {
				throw new IllegalArgumentException(ex);
			}
		}

	}

}
