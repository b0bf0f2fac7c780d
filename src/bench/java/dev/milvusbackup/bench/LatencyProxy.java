package dev.milvusbackup.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands in front of an HTTP server and holds every request back for a while, as a store
 * that is far away. Clients that send a request before they have the answer to the last
 * one are not supported.
 */
final class LatencyProxy implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(LatencyProxy.class);

	private static final String LENGTH = "content-length:";

	private final ServerSocket door;

	private final int target;

	private final Duration latency;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "latency-proxy");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * @param target port of the server on the loopback interface
	 */
	LatencyProxy(int target, Duration latency) throws IOException {
		this.door = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
		this.target = target;
		this.latency = latency;
		this.threads.execute(this::accept);
	}

	int port() {
		return this.door.getLocalPort();
	}

	private void accept() {
		while (!this.door.isClosed()) {
			try {
				Socket client = this.door.accept();
				this.threads.execute(() -> serve(client));
			}
			catch (IOException ex) {
				logger.debug("the door is closed", ex);
			}
		}
	}

	private void serve(Socket client) {
		try (client; Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target)) {
			client.setTcpNoDelay(true);
			server.setTcpNoDelay(true);
			this.threads.execute(() -> answer(server, client));
			InputStream in = new BufferedInputStream(client.getInputStream());
			OutputStream out = server.getOutputStream();
			while (true) {
				byte[] head = head(in);
				Thread.sleep(this.latency.toMillis());
				out.write(head);
				pass(in, out, length(head));
			}
		}
		catch (IOException | InterruptedException ex) {
			// one of the two has hung up, and both connections are closed now
			logger.debug("a connection ended", ex);
		}
	}

	private static void answer(Socket server, Socket client) {
		try {
			server.getInputStream().transferTo(client.getOutputStream());
			client.shutdownOutput();
		}
		catch (IOException ex) {
			logger.debug("a connection ended", ex);
		}
	}

	private static byte[] head(InputStream in) throws IOException {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		int matched = 0;
		while (matched < 4) {
			int next = in.read();
			if (next < 0) {
				throw new EOFException();
			}
			head.write(next);
			matched = (next == ((matched % 2 == 0) ? '\r' : '\n')) ? matched + 1 : 0;
		}
		return head.toByteArray();
	}

	private static long length(byte[] head) {
		return new String(head, StandardCharsets.ISO_8859_1).lines()
			.filter((line) -> line.toLowerCase(Locale.ROOT).startsWith(LENGTH))
			.mapToLong((line) -> Long.parseLong(line.substring(LENGTH.length()).strip()))
			.findFirst()
			.orElse(0);
	}

	private static void pass(InputStream in, OutputStream out, long bytes) throws IOException {
		byte[] buffer = new byte[64 * 1024];
		for (long left = bytes; left > 0;) {
			int read = in.read(buffer, 0, (int) Math.min(left, buffer.length));
			if (read < 0) {
				throw new EOFException();
			}
			out.write(buffer, 0, read);
			left -= read;
		}
		out.flush();
	}

	@Override
	public void close() throws IOException {
		this.door.close();
		this.threads.shutdownNow();
	}

}
