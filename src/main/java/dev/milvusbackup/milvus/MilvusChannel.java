package dev.milvusbackup.milvus;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.milvus.tls.CertificatesException;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.milvus.shaded.io.grpc.stub.MetadataUtils;
import org.jspecify.annotations.Nullable;

/**
 * The gRPC channel and the headers of each request. Connects with the first request.
 * Thread-safe.
 */
final class MilvusChannel implements AutoCloseable {

	private static final int MAX_ANSWER_BYTES = Integer.MAX_VALUE;

	private static final Metadata.Key<String> AUTHORIZATION = header("authorization");

	private static final Metadata.Key<String> DATABASE = header("dbname");

	private static final Metadata.Key<String> IDENTIFIER = header("identifier");

	private final EventLoopGroup eventLoop;

	private final ManagedChannel channel;

	private final @Nullable String authorization;

	private volatile @Nullable String identifier;

	/**
	 * @throws MilvusException of kind DENIED when the certificates cannot be used
	 */
	MilvusChannel(MilvusProperties properties) {
		this.authorization = authorization(properties);
		NettyChannelBuilder builder = NettyChannelBuilder.forAddress(properties.address(), properties.port())
			.maxInboundMessageSize(MAX_ANSWER_BYTES)
			.keepAliveTime(5, TimeUnit.SECONDS)
			.keepAliveTimeout(10, TimeUnit.SECONDS)
			.keepAliveWithoutCalls(true)
			.disableRetry()
			.disableServiceConfigLookUp();
		secure(builder, properties);
		// plain NIO: the native transport would be unpacked into a temporary file first
		this.eventLoop = new NioEventLoopGroup(1, new DefaultThreadFactory("milvus", true));
		this.channel = builder.channelType(NioSocketChannel.class).eventLoopGroup(this.eventLoop).build();
	}

	/**
	 * From here on requests carry the number that the server gave to this client.
	 */
	void identify(long number) {
		this.identifier = Long.toString(number);
	}

	MilvusServiceBlockingStub stub(String database, Duration deadline) {
		Metadata headers = new Metadata();
		headers.put(DATABASE, database);
		if (this.authorization != null) {
			headers.put(AUTHORIZATION, this.authorization);
		}
		String number = this.identifier;
		if (number != null) {
			headers.put(IDENTIFIER, number);
		}
		return MilvusServiceGrpc.newBlockingStub(this.channel)
			.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
			.withDeadlineAfter(deadline.toNanos(), TimeUnit.NANOSECONDS);
	}

	@Override
	public void close() {
		this.channel.shutdownNow();
		this.eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	private static void secure(NettyChannelBuilder builder, MilvusProperties properties) {
		if (properties.tlsMode() == 0) {
			builder.usePlaintext();
			return;
		}
		builder.sslContext(sslContext(properties));
		if (isGiven(properties.serverName())) {
			builder.overrideAuthority(properties.serverName());
		}
	}

	private static SslContext sslContext(MilvusProperties properties) {
		try {
			return properties.certificates().forGrpc();
		}
		catch (CertificatesException ex) {
			throw new MilvusException(MilvusException.Kind.DENIED,
					"unable to reach Milvus '" + properties.target() + "': " + ex.getMessage(),
					"check the certificate files of the milvus section", ex);
		}
	}

	private static boolean isGiven(@Nullable String value) {
		return value != null && !value.isEmpty();
	}

	private static @Nullable String authorization(MilvusProperties properties) {
		if (properties.user().isEmpty() && properties.password().isEmpty()) {
			return null;
		}
		String credentials = properties.user() + ":" + properties.password();
		return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
	}

	private static Metadata.Key<String> header(String name) {
		return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
	}

}
