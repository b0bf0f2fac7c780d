package dev.milvusbackup.milvus;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of a request when its server is not there, silent, or cut off.
 */
@Timeout(30)
class MilvusHttpTest {

	private static final Duration LONG = Duration.ofMinutes(10);

	private final AtomicInteger requests = new AtomicInteger();

	private final CountDownLatch received = new CountDownLatch(1);

	private ServerSocket server;

	/** What the server writes before it closes the connection; null for being silent. */
	private volatile String answer;

	@BeforeEach
	void start() throws IOException {
		this.server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
		Thread thread = new Thread(this::serve, "server");
		thread.setDaemon(true);
		thread.start();
	}

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	@Test
	void anAnswerIsReadWhole() throws Exception {
		this.answer = "HTTP/1.1 207 Some\r\nContent-Length: 5\r\n\r\nwhole";
		MilvusHttp http = http("http://127.0.0.1:" + this.server.getLocalPort());
		for (int i = 1; i <= 3; i++) {
			assertThat(post(http, LONG)).isEqualTo(new MilvusHttp.Answer(207, "whole"));
			assertThat(this.requests).hasValue(i);
		}
	}

	@Test
	void withoutAConnectionNothingWasSent() throws Exception {
		int port = this.server.getLocalPort();
		this.server.close();
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> post(http("http://127.0.0.1:" + port), LONG));
		assertThatExceptionOfType(ConnectException.class)
			.isThrownBy(() -> post(http("http://milvus.invalid:19530"), LONG))
			.withMessageContaining("milvus.invalid");
	}

	@Test
	void aRequestWhoseAnswerIsCutIsNotSentAgain() {
		for (String cut : new String[] { "", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nonly this" }) {
			this.answer = cut;
			this.requests.set(0);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> post(http(), LONG))
				.isNotInstanceOf(ConnectException.class);
			assertThat(this.requests).hasValue(1);
		}
	}

	@Test
	void aSilentServerIsGivenUpAtTheLimit() {
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> post(http(), Duration.ofMillis(300)))
			.isNotInstanceOf(ConnectException.class);
		assertThat(this.requests).hasValue(1);
	}

	@Test
	void anInterruptEndsTheWaiting() throws Exception {
		CompletableFuture<Throwable> end = new CompletableFuture<>();
		Thread caller = new Thread(() -> {
			try {
				end.completeExceptionally(new AssertionError("answered: " + post(http(), LONG)));
			}
			catch (Exception ex) {
				end.complete(ex);
			}
		});
		caller.start();
		this.received.await();
		caller.interrupt();
		assertThat(end.get()).isInstanceOf(InterruptedException.class);
	}

	private MilvusHttp http() {
		return http("http://127.0.0.1:" + this.server.getLocalPort());
	}

	private static MilvusHttp http(String url) {
		return new MilvusHttp(url, new MilvusProperties("127.0.0.1", 1, "", "", 0, null, null, null, null, url));
	}

	private static MilvusHttp.Answer post(MilvusHttp http, Duration limit) throws IOException, InterruptedException {
		return http.send(http.request("/import").post(RequestBody.create(new byte[] { '{', '}' })).build(), limit);
	}

	private void serve() {
		try {
			while (true) {
				serve(this.server.accept());
			}
		}
		catch (SocketException ex) {
			// closed
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void serve(Socket connection) throws IOException {
		readRequest(connection.getInputStream());
		this.requests.incrementAndGet();
		this.received.countDown();
		if (this.answer != null) {
			try (connection) {
				connection.getOutputStream().write(this.answer.getBytes(StandardCharsets.US_ASCII));
			}
		}
	}

	private static void readRequest(InputStream in) throws IOException {
		StringBuilder text = new StringBuilder();
		while (!text.toString().endsWith("{}")) {
			text.append((char) in.read());
		}
	}

}
