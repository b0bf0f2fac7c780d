package dev.milvusbackup.testing.milvus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/**
 * One loopback port for gRPC and for HTTP/1.1: the first bytes of a connection tell to
 * which server it goes. Thread-safe.
 */
final class SharedPort implements AutoCloseable {

	/** How every connection of HTTP/2, and none of HTTP/1.1, begins. */
	private static final byte[] PREFACE = "PRI ".getBytes(StandardCharsets.US_ASCII);

	private final ServerSocket listener;

	private final int grpcPort;

	private final int httpPort;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "simulated-milvus-port");
		thread.setDaemon(true);
		return thread;
	});

	/**
	 * @param port 0 for any
	 */
	SharedPort(int port, int grpcPort, int httpPort) throws IOException {
		this.grpcPort = grpcPort;
		this.httpPort = httpPort;
		this.listener = new ServerSocket();
		this.listener.setReuseAddress(true);
		this.listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 128);
		this.threads.execute(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	@Override
	public void close() {
		close(this.listener);
		this.threads.shutdownNow();
		this.open.forEach(SharedPort::close);
	}

	private void accept() {
		while (!this.listener.isClosed()) {
			try {
				Socket client = this.listener.accept();
				this.open.add(client);
				this.threads.execute(() -> serve(client));
			}
			catch (IOException | RejectedExecutionException ex) {
				if (!this.listener.isClosed()) {
					throw new IllegalStateException("unable to accept connections", ex);
				}
			}
		}
		this.open.forEach(SharedPort::close);
	}

	private void serve(Socket client) {
		try (client) {
			client.setTcpNoDelay(true);
			byte[] head = client.getInputStream().readNBytes(PREFACE.length);
			if (head.length < PREFACE.length) {
				return;
			}
			int backend = Arrays.equals(head, PREFACE) ? this.grpcPort : this.httpPort;
			try (Socket server = new Socket(InetAddress.getLoopbackAddress(), backend)) {
				this.open.add(server);
				server.setTcpNoDelay(true);
				server.getOutputStream().write(head);
				this.threads.execute(() -> pump(server, client));
				pump(client, server);
				this.open.remove(server);
			}
		}
		catch (IOException | RejectedExecutionException ex) {
			close(client);
		}
		finally {
			this.open.remove(client);
		}
	}

	/** When either side goes, the connection goes. */
	private static void pump(Socket from, Socket to) {
		byte[] buffer = new byte[1 << 16];
		try {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				out.write(buffer, 0, length);
			}
			to.shutdownOutput();
		}
		catch (IOException ex) {
			close(from);
		}
		close(to);
	}

	private static void close(AutoCloseable socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
