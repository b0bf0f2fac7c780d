package dev.milvusbackup.milvus.etcd;

import java.util.concurrent.TimeUnit;

import com.google.protobuf.UnknownFieldSet;
import io.milvus.shaded.io.grpc.CallOptions;
import io.milvus.shaded.io.grpc.ClientInterceptors;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.MethodDescriptor;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import io.milvus.shaded.io.grpc.stub.ClientCalls;
import io.milvus.shaded.io.grpc.stub.MetadataUtils;

/**
 * The connection to one member. Connects with the first request. Thread-safe.
 */
final class EtcdMember implements AutoCloseable {

	private static final int MOST_ANSWER_BYTES = 64 << 20;

	private static final Metadata.Key<String> TOKEN = Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

	private final ManagedChannel channel;

	EtcdMember(EtcdEndpoint endpoint, EtcdProperties properties, EventLoopGroup eventLoop) {
		NettyChannelBuilder builder = NettyChannelBuilder.forAddress(endpoint.host(), endpoint.port())
			.maxInboundMessageSize(MOST_ANSWER_BYTES)
			.disableRetry()
			.disableServiceConfigLookUp()
			.channelType(NioSocketChannel.class)
			.eventLoopGroup(eventLoop);
		if (endpoint.secure()) {
			builder.sslContext(properties.certificates().forGrpc());
		}
		else {
			builder.usePlaintext();
		}
		this.channel = builder.build();
	}

	UnknownFieldSet send(MethodDescriptor<UnknownFieldSet, UnknownFieldSet> method, UnknownFieldSet request,
			String token, long seconds) {
		Metadata headers = new Metadata();
		if (!token.isEmpty()) {
			headers.put(TOKEN, token);
		}
		return ClientCalls.blockingUnaryCall(
				ClientInterceptors.intercept(this.channel, MetadataUtils.newAttachHeadersInterceptor(headers)), method,
				CallOptions.DEFAULT.withDeadlineAfter(seconds, TimeUnit.SECONDS), request);
	}

	@Override
	public void close() {
		this.channel.shutdownNow();
	}

}
