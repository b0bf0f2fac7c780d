package dev.milvusbackup.milvus;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import javax.net.ssl.HostnameVerifier;

import dev.milvusbackup.milvus.tls.ClientTls;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * Clients that use each connection once and repeat nothing, so that a request is never
 * sent twice. Their threads do not keep the process alive, nor do they hold up its end as
 * those of the JDK's client do: it waits 0.3 s for a thread that waits for a socket.
 */
final class MilvusHttpClients {

	private static final Duration CONNECT = Duration.ofSeconds(10);

	private MilvusHttpClients() {
	}

	static OkHttpClient plain() {
		// with TLS the certificates that the JDK trusts would be read
		return builder().connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build();
	}

	/**
	 * @param serverName the name that the certificate of a host must be for
	 */
	static OkHttpClient secured(ClientTls tls, UnaryOperator<String> serverName) {
		OkHttpClient client = builder().sslSocketFactory(tls.sockets(), tls.trust()).build();
		HostnameVerifier names = client.hostnameVerifier();
		return client.newBuilder()
			.hostnameVerifier((host, session) -> names.verify(serverName.apply(host), session))
			.build();
	}

	private static OkHttpClient.Builder builder() {
		ThreadPoolExecutor threads = new ThreadPoolExecutor(0, Integer.MAX_VALUE, 1, TimeUnit.SECONDS,
				new SynchronousQueue<>(), MilvusHttpClients::daemon);
		return new OkHttpClient.Builder().dispatcher(new Dispatcher(threads))
			.connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
			.retryOnConnectionFailure(false)
			.followRedirects(false)
			.connectTimeout(CONNECT)
			// the call as a whole has a limit
			.readTimeout(Duration.ZERO)
			.writeTimeout(Duration.ZERO)
			.addNetworkInterceptor(SentMark::set);
	}

	private static Thread daemon(Runnable task) {
		Thread thread = new Thread(task, "milvus-http");
		thread.setDaemon(true);
		return thread;
	}

}
