package dev.milvusbackup.testing.milvus;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.milvusbackup.testing.TestCertificates;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.IndexDescription;
import io.milvus.shaded.io.grpc.Context;
import io.milvus.shaded.io.grpc.Contexts;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.MethodDescriptor;
import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.ServerCall;
import io.milvus.shaded.io.grpc.ServerCallHandler;
import io.milvus.shaded.io.grpc.ServerInterceptor;
import io.milvus.shaded.io.grpc.ServerServiceDefinition;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.milvus.shaded.io.grpc.protobuf.lite.ProtoLiteUtils;
import io.milvus.shaded.io.grpc.stub.ServerCalls;
import io.milvus.shaded.io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * One member of a simulated etcd on a free loopback port: ranges of keys and the tokens
 * of its authentication, with the errors of the real one. Thread-safe.
 */
public final class FakeEtcd implements AutoCloseable {

	private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

	private static final Context.Key<String> GIVEN = Context.key("token");

	private final Map<String, ByteString> pairs = new ConcurrentSkipListMap<>();

	private final AtomicInteger tokens = new AtomicInteger();

	private final AtomicInteger failures = new AtomicInteger();

	private final Server server;

	private final int port;

	private volatile @Nullable String required;

	private volatile boolean forbidden;

	private FakeEtcd(NettyServerBuilder builder) {
		try {
			this.server = builder
				.addService(ServerServiceDefinition.builder("etcdserverpb.KV")
					.addMethod(method("etcdserverpb.KV", "Range"),
							ServerCalls.asyncUnaryCall((request, observer) -> answer(() -> range(request), observer)))
					.build())
				.addService(ServerServiceDefinition.builder("etcdserverpb.Auth")
					.addMethod(method("etcdserverpb.Auth", "Authenticate"),
							ServerCalls
								.asyncUnaryCall((request, observer) -> answer(() -> authenticate(request), observer)))
					.build())
				.intercept(new TokenInterceptor())
				.build()
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to start the simulated etcd", ex);
		}
		this.port = this.server.getPort();
	}

	public static FakeEtcd start() {
		return new FakeEtcd(NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0)));
	}

	/**
	 * One with TLS that shows the certificate {@code etcd} and wants to see that of
	 * {@code client}.
	 */
	public static FakeEtcd startSecure(TestCertificates certificates) throws IOException {
		return new FakeEtcd(NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
			.sslContext(GrpcSslContexts
				.forServer(new File(certificates.certificate("etcd")), new File(certificates.key("etcd")))
				.trustManager(new File(certificates.certificate("client")))
				.clientAuth(ClientAuth.REQUIRE)
				.build()));
	}

	public String endpoint() {
		return "127.0.0.1:" + this.port;
	}

	public FakeEtcd put(String key, byte[] value) {
		this.pairs.put(key, ByteString.copyFrom(value));
		return this;
	}

	/**
	 * Puts what a Milvus keeps of the collection.
	 * @param root the root path of that Milvus
	 */
	public FakeEtcd put(String root, FakeCollection collection) {
		String prefix = root + "/meta/";
		for (FieldSchema field : collection.fields.all()) {
			put(prefix + "root-coord/fields/" + collection.id() + "/" + field.getFieldID(), field.toByteArray());
		}
		collection.indexes.values().forEach((index) -> put(root, collection, index, false));
		return this;
	}

	/**
	 * Puts an index that the Milvus has dropped and not forgotten yet.
	 */
	public FakeEtcd putDropped(String root, FakeCollection collection) {
		return put(root, collection, IndexDescription.newBuilder().setIndexID(1).setIndexName("gone").build(), true);
	}

	/**
	 * From now on only that user may ask.
	 */
	public void requireCredentials(String user, String password) {
		this.required = user + "\n" + password;
	}

	/**
	 * The tokens given out so far are not known any more.
	 */
	public void forgetTokens() {
		this.tokens.incrementAndGet();
	}

	/**
	 * No user may read anything.
	 */
	public void forbid() {
		this.forbidden = true;
	}

	/**
	 * The next requests find no leader.
	 */
	public void failNext(int count) {
		this.failures.set(count);
	}

	@Override
	public void close() {
		this.server.shutdownNow();
	}

	private FakeEtcd put(String root, FakeCollection collection, IndexDescription index, boolean deleted) {
		UnknownFieldSet.Builder info = UnknownFieldSet.newBuilder()
			.addField(1, number(collection.id()))
			.addField(2, number(fieldId(collection, index.getFieldName())))
			.addField(3, bytes(index.getIndexName()))
			.addField(4, number(index.getIndexID()))
			.addField(11, number(0))
			.addField(14, number(1))
			.addField(15, number(4));
		index.getParamsList().forEach((pair) -> {
			Field value = Field.newBuilder().addLengthDelimited(pair.toByteString()).build();
			info.mergeField(6, value).mergeField(12, value);
		});
		UnknownFieldSet stored = UnknownFieldSet.newBuilder()
			.addField(1, Field.newBuilder().addLengthDelimited(info.build().toByteString()).build())
			.addField(2, number(deleted ? 1 : 0))
			.addField(3, number(449_000_000_000_000_000L))
			.build();
		return put(root + "/meta/field-index/" + collection.id() + "/" + index.getIndexID(), stored.toByteArray());
	}

	private static long fieldId(FakeCollection collection, String name) {
		return collection.fields.all()
			.stream()
			.filter((field) -> field.getName().equals(name))
			.mapToLong(FieldSchema::getFieldID)
			.findFirst()
			.orElse(0);
	}

	private UnknownFieldSet range(UnknownFieldSet request) {
		String token = GIVEN.get();
		if (this.failures.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
			throw error(Status.UNAVAILABLE, "no leader");
		}
		if (this.required != null && token == null) {
			throw error(Status.INVALID_ARGUMENT, "user name is empty");
		}
		if (this.required != null && !("token." + this.tokens).equals(token)) {
			throw error(Status.UNAUTHENTICATED, "invalid auth token");
		}
		if (this.forbidden) {
			throw error(Status.PERMISSION_DENIED, "permission denied");
		}
		UnknownFieldSet.Builder answer = UnknownFieldSet.newBuilder();
		long limit = first(request, 3);
		this.pairs.entrySet()
			.stream()
			.filter((pair) -> pair.getKey().compareTo(text(request, 1)) >= 0
					&& pair.getKey().compareTo(text(request, 2)) < 0)
			.limit((limit > 0) ? limit : Long.MAX_VALUE)
			.forEach((pair) -> answer.mergeField(2,
					Field.newBuilder()
						.addLengthDelimited(UnknownFieldSet.newBuilder()
							.addField(1, bytes(pair.getKey()))
							.addField(5, Field.newBuilder().addLengthDelimited(pair.getValue()).build())
							.build()
							.toByteString())
						.build()));
		return answer.build();
	}

	private UnknownFieldSet authenticate(UnknownFieldSet request) {
		String expected = this.required;
		if (expected == null) {
			throw error(Status.FAILED_PRECONDITION, "authentication is not enabled");
		}
		if (!expected.equals(text(request, 1) + "\n" + text(request, 2))) {
			throw error(Status.INVALID_ARGUMENT, "authentication failed, invalid user ID or password");
		}
		return UnknownFieldSet.newBuilder().addField(2, bytes("token." + this.tokens)).build();
	}

	private static void answer(Supplier<UnknownFieldSet> work, StreamObserver<UnknownFieldSet> observer) {
		try {
			observer.onNext(work.get());
			observer.onCompleted();
		}
		catch (StatusRuntimeException ex) {
			observer.onError(ex);
		}
	}

	private static StatusRuntimeException error(Status status, String text) {
		return status.withDescription("etcdserver: " + text).asRuntimeException();
	}

	private static String text(UnknownFieldSet message, int field) {
		return message.getField(field).getLengthDelimitedList().get(0).toString(StandardCharsets.ISO_8859_1);
	}

	private static long first(UnknownFieldSet message, int field) {
		List<Long> values = message.getField(field).getVarintList();
		return values.isEmpty() ? 0 : values.get(0);
	}

	private static Field bytes(String value) {
		return Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8(value)).build();
	}

	private static Field number(long value) {
		return Field.newBuilder().addVarint(value).build();
	}

	private static MethodDescriptor<UnknownFieldSet, UnknownFieldSet> method(String service, String name) {
		return MethodDescriptor.<UnknownFieldSet, UnknownFieldSet>newBuilder()
			.setType(MethodDescriptor.MethodType.UNARY)
			.setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
			.setRequestMarshaller(ProtoLiteUtils.marshaller(UnknownFieldSet.getDefaultInstance()))
			.setResponseMarshaller(ProtoLiteUtils.marshaller(UnknownFieldSet.getDefaultInstance()))
			.build();
	}

	private static final class TokenInterceptor implements ServerInterceptor {

		@Override
		public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
				ServerCallHandler<Q, A> next) {
			return Contexts.interceptCall(Context.current().withValue(GIVEN, headers.get(TOKEN)), call, headers, next);
		}

	}

}
