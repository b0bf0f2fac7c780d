package dev.milvusbackup.milvus.etcd;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import com.google.protobuf.UnknownFieldSet;
import dev.milvusbackup.milvus.etcd.EtcdException.Kind;
import dev.milvusbackup.milvus.tls.CertificatesException;
import io.milvus.shaded.io.grpc.MethodDescriptor;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.nio.NioEventLoopGroup;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A client of one cluster: asks the member that answered last, then the others.
 * Thread-safe; does not repeat beyond that.
 */
public final class EtcdClient implements AutoCloseable {

	private static final long TIMEOUT_SECONDS = 5;

	private final EtcdProperties properties;

	private final EventLoopGroup eventLoop = new NioEventLoopGroup(1, new DefaultThreadFactory("etcd", true));

	private final List<EtcdMember> members = new ArrayList<>();

	private volatile int answered;

	private @Nullable String token;

	/**
	 * Connects with the first request.
	 * @throws EtcdException of kind DENIED when the certificates cannot be used
	 */
	public EtcdClient(EtcdProperties properties) {
		this.properties = properties;
		try {
			properties.endpoints()
				.stream()
				.map(EtcdEndpoint::parse)
				.filter(Objects::nonNull)
				.forEach((endpoint) -> this.members.add(new EtcdMember(endpoint, properties, this.eventLoop)));
		}
		catch (CertificatesException ex) {
			close();
			throw new EtcdException(Kind.DENIED, ex.getMessage(), ex);
		}
	}

	/**
	 * Everything whose key begins with the prefix, in the order of the keys.
	 * @param prefix not empty, ending in ASCII
	 */
	public List<EtcdEntry> entries(String prefix) {
		return EtcdProtocol.entries(range(EtcdProtocol.range(prefix, 0, false)));
	}

	/**
	 * Whether there is any key that begins with the prefix.
	 */
	public boolean has(String prefix) {
		return !EtcdProtocol.entries(range(EtcdProtocol.range(prefix, 1, true))).isEmpty();
	}

	@Override
	public void close() {
		this.members.forEach(EtcdMember::close);
		this.eventLoop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
	}

	private UnknownFieldSet range(UnknownFieldSet request) {
		String used = token();
		try {
			return send(EtcdProtocol.RANGE, request, used);
		}
		catch (StatusRuntimeException ex) {
			if (used.isEmpty() || ex.getStatus().getCode() != Status.Code.UNAUTHENTICATED) {
				throw failure(ex);
			}
			// a token that was not used for some minutes is forgotten
			forget(used);
			return again(request);
		}
	}

	private UnknownFieldSet again(UnknownFieldSet request) {
		try {
			return send(EtcdProtocol.RANGE, request, token());
		}
		catch (StatusRuntimeException ex) {
			throw failure(ex);
		}
	}

	/** Empty where there is no authentication. */
	private synchronized String token() {
		String known = this.token;
		if (known != null || this.properties.user().isEmpty()) {
			return (known != null) ? known : "";
		}
		try {
			known = EtcdProtocol.token(send(EtcdProtocol.AUTHENTICATE,
					EtcdProtocol.credentials(this.properties.user(), this.properties.password()), ""));
		}
		catch (StatusRuntimeException ex) {
			if (!String.valueOf(ex.getStatus().getDescription()).contains("authentication is not enabled")) {
				throw failure(ex);
			}
			known = "";
		}
		this.token = known;
		return known;
	}

	private synchronized void forget(String used) {
		if (used.equals(this.token)) {
			this.token = null;
		}
	}

	private UnknownFieldSet send(MethodDescriptor<UnknownFieldSet, UnknownFieldSet> method, UnknownFieldSet request,
			String header) {
		int first = this.answered;
		for (int i = 0;; i++) {
			int member = (first + i) % this.members.size();
			try {
				UnknownFieldSet answer = this.members.get(member).send(method, request, header, TIMEOUT_SECONDS);
				this.answered = member;
				return answer;
			}
			catch (StatusRuntimeException ex) {
				if (!isUnreachable(ex) || i + 1 == this.members.size() || Thread.currentThread().isInterrupted()) {
					throw ex;
				}
			}
		}
	}

	private static boolean isUnreachable(StatusRuntimeException ex) {
		return switch (ex.getStatus().getCode()) {
			case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED -> true;
			default -> false;
		};
	}

	private static EtcdException failure(StatusRuntimeException ex) {
		Throwable root = ex;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		String said = String.valueOf(ex.getStatus().getDescription());
		String cause = (root != ex && root.getMessage() != null) ? root.getMessage() : said;
		if (isUnreachable(ex)) {
			return new EtcdException(Kind.UNREACHABLE, cause, ex);
		}
		boolean denied = switch (ex.getStatus().getCode()) {
			case UNAUTHENTICATED, PERMISSION_DENIED -> true;
			case INVALID_ARGUMENT -> said.contains("authentication failed") || said.contains("user name is empty");
			default -> false;
		};
		return new EtcdException(denied ? Kind.DENIED : Kind.REFUSED, cause, ex);
	}

}
