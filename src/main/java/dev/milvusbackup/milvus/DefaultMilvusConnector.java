package dev.milvusbackup.milvus;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.milvus.MilvusException.Kind;
import io.milvus.grpc.ClientInfo;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import org.jspecify.annotations.Nullable;

/**
 * Connects by gRPC. Thread-safe.
 */
public final class DefaultMilvusConnector implements MilvusConnector {

	/** What every version above this one can do is not asked for while connecting. */
	private static final MilvusFeatures ANY = MilvusFeatures.of(List.of());

	private final CallLimits limits;

	public DefaultMilvusConnector() {
		this(CallLimits.DEFAULT);
	}

	DefaultMilvusConnector(CallLimits limits) {
		this.limits = limits;
	}

	@Override
	public Milvus connect(MilvusProperties properties) {
		MilvusChannel channel = new MilvusChannel(properties);
		try {
			return connect(channel, properties);
		}
		catch (RuntimeException ex) {
			channel.close();
			throw ex;
		}
	}

	@Override
	public void prepare(MilvusProperties properties) {
		try (MilvusChannel channel = new MilvusChannel(properties)) {
			channel.stub("", Duration.ZERO);
			ConnectRequest.getDefaultInstance().getSerializedSize();
		}
	}

	private Milvus connect(MilvusChannel channel, MilvusProperties properties) {
		CallFailures failures = new CallFailures(properties.target());
		MilvusCalls first = new MilvusCalls(channel, this.limits.whileConnecting(), ANY, failures);
		String action = "reach Milvus '" + properties.target() + "'";
		ConnectResponse hello = hello(first, action, properties.user());
		List<String> names = new ArrayList<>();
		if (hello != null) {
			channel.identify(hello.getIdentifier());
			names.add(hello.getServerInfo().getBuildTags());
		}
		if (names.isEmpty() || !MilvusFeatures.isVersion(names.get(0))) {
			names.add(0, version(first, action));
		}
		MilvusCalls calls = new MilvusCalls(channel, this.limits, MilvusFeatures.of(names), failures);
		return new GrpcMilvus(channel, calls, names.get(0), properties);
	}

	private static @Nullable ConnectResponse hello(MilvusCalls calls, String action, String user) {
		ClientInfo client = ClientInfo.newBuilder()
			.setSdkType("milvus-backup")
			.setLocalTime(LocalDateTime.now().toString())
			.setUser(user)
			.build();
		ConnectRequest request = ConnectRequest.newBuilder().setClientInfo(client).build();
		try {
			return calls.send(Call.global(action, (stub) -> stub.connect(request), ConnectResponse::getStatus));
		}
		catch (MilvusException ex) {
			if (ex.kind() == Kind.UNSUPPORTED) {
				return null;
			}
			throw ex;
		}
	}

	private static String version(MilvusCalls calls, String action) {
		return calls.send(Call.global(action, (stub) -> stub.getVersion(GetVersionRequest.getDefaultInstance()),
				GetVersionResponse::getStatus))
			.getVersion();
	}

}
