package dev.milvusbackup.storage.s3;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import dev.milvusbackup.storage.StoreMetrics;
import io.minio.Http;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.ConnectionSpec;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * The HTTP side of the store: as many connections as requests may run at once, timeouts
 * that suit the request, no retries of answers, and every request counted.
 */
final class S3Http implements Interceptor {

	private static final MediaType XML = MediaType.get("application/xml");

	/** More than any answer to a copy has. */
	private static final long COPY_ANSWER_BYTES = 64 * 1024;

	private final S3Limits limits;

	private final RequestCounter counter;

	private S3Http(S3Limits limits, StoreMetrics metrics) {
		this.limits = limits;
		this.counter = new RequestCounter(metrics);
	}

	static OkHttpClient client(boolean encrypted, int concurrency, S3Limits limits, StoreMetrics metrics,
			S3Threads threads) {
		Dispatcher dispatcher = new Dispatcher(
				new ThreadPoolExecutor(0, Integer.MAX_VALUE, 60, TimeUnit.SECONDS, new SynchronousQueue<>(), threads));
		dispatcher.setMaxRequests(concurrency);
		dispatcher.setMaxRequestsPerHost(concurrency);
		// without the certificates that the JDK trusts, which take a while to read
		OkHttpClient.Builder builder = encrypted ? Encrypted.CLIENT.newBuilder()
				: new OkHttpClient.Builder().connectionSpecs(List.of(ConnectionSpec.CLEARTEXT));
		// drops the library's own retry
		builder.interceptors().clear();
		return builder.dispatcher(dispatcher)
			.connectionPool(new ConnectionPool(concurrency, 5, TimeUnit.MINUTES))
			.protocols(List.of(Protocol.HTTP_1_1))
			.connectTimeout(limits.connect())
			.readTimeout(limits.answer())
			.writeTimeout(limits.answer())
			.addInterceptor(new S3Http(limits, metrics))
			.addNetworkInterceptor(S3Http::promptly)
			.build();
	}

	/**
	 * Otherwise the body of an upload would wait until the server has confirmed the
	 * headers, which servers put off for 40 ms.
	 */
	private static Response promptly(Chain chain) throws IOException {
		Connection connection = Objects.requireNonNull(chain.connection());
		connection.socket().setTcpNoDelay(true);
		return chain.proceed(chain.request());
	}

	@Override
	public Response intercept(Chain chain) throws IOException {
		Request request = chain.request();
		this.counter.count(request);
		boolean copying = RequestCounter.isCopy(request) || RequestCounter.isCompletion(request);
		Chain suited = copying ? chain.withReadTimeout((int) this.limits.copyAnswer().toMillis(), TimeUnit.MILLISECONDS)
				: chain;
		Response response = suited.proceed(request);
		if (response.isSuccessful()) {
			return copying ? errorInside(response) : response;
		}
		if (!request.method().equals("HEAD") && !isXml(response)) {
			try (response) {
				throw new ForeignAnswerException(response.code());
			}
		}
		return response;
	}

	/**
	 * A copy may fail after its status 200 was sent: then the body tells. Such an answer
	 * becomes one with an error status.
	 */
	private static Response errorInside(Response response) throws IOException {
		String body = response.peekBody(COPY_ANSWER_BYTES).string();
		if (!body.contains("<Error>")) {
			return response;
		}
		try (response) {
			return response.newBuilder()
				.code(500)
				.header("Content-Type", XML.toString())
				.body(ResponseBody.create(body, XML))
				.build();
		}
	}

	private static boolean isXml(Response response) {
		String type = response.header("Content-Type");
		return type != null && type.startsWith(XML.toString());
	}

	/**
	 * The library's client knows the certificates of SSL_CERT_FILE and SSL_CERT_DIR; it
	 * takes seconds to read them, so this is done once and only for TLS.
	 */
	private static final class Encrypted {

		static final OkHttpClient CLIENT = Http.newDefaultClient();

	}

}
