package dev.milvusbackup.milvus;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

import dev.milvusbackup.milvus.MilvusException.Kind;
import dev.milvusbackup.milvus.tls.CertificatesException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * HTTP to one of Milvus's endpoints, with the certificates of the milvus section where
 * its URL is one of HTTPS. Each request has a connection of its own and is sent once.
 * Thread-safe; interrupting the calling thread ends a call.
 */
final class MilvusHttp {

	private final String url;

	private final MilvusProperties properties;

	private @Nullable OkHttpClient client;

	/**
	 * @param url absolute, without a trailing slash
	 */
	MilvusHttp(String url, MilvusProperties properties) {
		this.url = url;
		this.properties = properties;
	}

	String url() {
		return this.url;
	}

	/**
	 * @param path with the query, after the URL
	 * @throws IllegalArgumentException when that is no URL
	 */
	Request.Builder request(String path) {
		return new Request.Builder().url(this.url + path);
	}

	/**
	 * @param limit from the connection to the end of the answer
	 * @throws ConnectException when nothing was sent because there was no connection
	 * @throws SSLException when there was no secure one
	 * @throws MilvusException of kind DENIED when the certificates cannot be used
	 */
	Answer send(Request request, Duration limit) throws IOException, InterruptedException {
		SentMark sent = new SentMark();
		Call call = client(request.isHttps()).newCall(sent.on(request));
		call.timeout().timeout(limit.toMillis(), TimeUnit.MILLISECONDS);
		Pending answer = new Pending();
		call.enqueue(answer);
		try {
			return answer.get();
		}
		catch (InterruptedException ex) {
			call.cancel();
			throw ex;
		}
		catch (ExecutionException ex) {
			throw failure(ex.getCause(), request.url().host(), sent.isSet());
		}
	}

	private IOException failure(@Nullable Throwable cause, String host, boolean sent) {
		if (cause instanceof SSLPeerUnverifiedException) {
			return new SSLException("the server's certificate is not for '" + serverName(host) + "'", cause);
		}
		if (cause instanceof IOException failure && (sent || failure instanceof SSLException)) {
			return failure;
		}
		if (cause instanceof IOException failure) {
			ConnectException unconnected = new ConnectException(failure.getMessage());
			unconnected.initCause(failure);
			return unconnected;
		}
		return new IOException("the answer was lost: " + cause, cause);
	}

	/** Made when first needed: most runs do without it. */
	private synchronized OkHttpClient client(boolean encrypted) {
		OkHttpClient existing = this.client;
		if (existing == null) {
			existing = encrypted ? secured() : MilvusHttpClients.plain();
			this.client = existing;
		}
		return existing;
	}

	private OkHttpClient secured() {
		try {
			return MilvusHttpClients.secured(this.properties.certificates().forHttp(), this::serverName);
		}
		catch (CertificatesException ex) {
			throw new MilvusException(Kind.DENIED, "unable to reach Milvus '" + this.url + "': " + ex.getMessage(),
					"check the certificate files of the milvus section", ex);
		}
	}

	/** The configured name is that of the server at the configured address. */
	private String serverName(String host) {
		String name = this.properties.serverName();
		boolean named = name != null && !name.isEmpty() && host.equalsIgnoreCase(this.properties.address());
		return named ? name : host;
	}

	/**
	 * @param body whole
	 */
	record Answer(int status, String body) {

	}

	private static final class Pending extends CompletableFuture<Answer> implements Callback {

		@Override
		public void onResponse(Call call, Response response) {
			try (response) {
				complete(new Answer(response.code(), response.body().string()));
			}
			catch (IOException | RuntimeException | Error ex) {
				completeExceptionally(ex);
			}
		}

		@Override
		public void onFailure(Call call, IOException ex) {
			completeExceptionally(ex);
		}

	}

}
