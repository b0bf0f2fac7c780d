package dev.milvusbackup.testing.milvus;

import dev.milvusbackup.model.CollectionName;
import io.milvus.shaded.io.grpc.Context;
import io.milvus.shaded.io.grpc.Contexts;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.ServerCall;
import io.milvus.shaded.io.grpc.ServerCallHandler;
import io.milvus.shaded.io.grpc.ServerInterceptor;
import io.milvus.shaded.io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers: credentials, and the database, which real servers take from there
 * alone.
 */
final class HeaderInterceptor implements ServerInterceptor {

	private static final Metadata.Key<String> DATABASE = Metadata.Key.of("dbname", Metadata.ASCII_STRING_MARSHALLER);

	private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization",
			Metadata.ASCII_STRING_MARSHALLER);

	volatile @Nullable String required;

	@Override
	public <I, O> ServerCall.Listener<I> interceptCall(ServerCall<I, O> call, Metadata headers,
			ServerCallHandler<I, O> next) {
		String expected = this.required;
		if (expected != null && !expected.equals(headers.get(AUTHORIZATION))) {
			call.close(Status.UNAUTHENTICATED
				.withDescription("auth check failure, please check username and password are correct"), new Metadata());
			return new ServerCall.Listener<>() {
			};
		}
		String database = headers.get(DATABASE);
		Context context = Context.current()
			.withValue(FakeMilvusService.DATABASE,
					(database != null && !database.isEmpty()) ? database : CollectionName.DEFAULT_DATABASE);
		return Contexts.interceptCall(context, call, headers, next);
	}

}
