package dev.milvusbackup.milvus;

import io.milvus.shaded.io.grpc.CallOptions;
import io.milvus.shaded.io.grpc.Channel;
import io.milvus.shaded.io.grpc.ClientCall;
import io.milvus.shaded.io.grpc.ClientInterceptor;
import io.milvus.shaded.io.grpc.ClientStreamTracer;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.MethodDescriptor;

/**
 * Notices whether anything of a request went out to a server. One for each request.
 */
final class SentTracer implements ClientInterceptor {

	private volatile boolean sent;

	boolean isSent() {
		return this.sent;
	}

	@Override
	public <I, O> ClientCall<I, O> interceptCall(MethodDescriptor<I, O> method, CallOptions options, Channel next) {
		return next.newCall(method, options.withStreamTracerFactory(new ClientStreamTracer.Factory() {
			@Override
			public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
				return new ClientStreamTracer() {
					@Override
					public void outboundHeaders() {
						SentTracer.this.sent = true;
					}
				};
			}
		}));
	}

}
