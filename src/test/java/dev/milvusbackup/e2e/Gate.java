package dev.milvusbackup.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Passes connections on to a server, and keeps a request back until it is told to let it
 * go: so a process is known to be in the middle of its work, however fast the machine.
 */
final class Gate implements AutoCloseable {

	private static final int BUFFER = 1 << 16;

	private final ServerSocket listener;

	private final String host;

	private final int port;

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private volatile Hold hold = new Hold("");

	Gate(String host, int port) {
		this.host = host;
		this.port = port;
		try {
			this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		thread(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/** Keeps back what a client sends that contains the text. */
	void holdBack(String text) {
		this.hold = new Hold(text);
	}

	/** Waits until something is kept back. */
	void awaitHeld() throws InterruptedException {
		assertThat(this.hold.reached.await(5, TimeUnit.MINUTES)).isTrue();
	}

	/** Lets go what is kept back, and all that comes. */
	void letGo() {
		this.hold.released.countDown();
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.listener.accept();
				Socket server = new Socket(this.host, this.port);
				this.open.add(client);
				this.open.add(server);
				thread(() -> pump(client, server, true));
				thread(() -> pump(server, client, false));
			}
		}
		catch (IOException ex) {
			assertThat(this.listener.isClosed()).as("%s", ex).isTrue();
		}
	}

	private void pump(Socket from, Socket to, boolean request) {
		byte[] buffer = new byte[BUFFER];
		try (from; to) {
			InputStream in = from.getInputStream();
			OutputStream out = to.getOutputStream();
			for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
				if (request) {
					this.hold.pass(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
				}
				out.write(buffer, 0, count);
				out.flush();
			}
		}
		catch (IOException ex) {
			// either side may go away whenever it likes
			this.open.remove(from);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void thread(Runnable work) {
		Thread thread = new Thread(work, "gate");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		letGo();
		this.listener.close();
		for (Socket socket : this.open) {
			socket.close();
		}
	}

	private static final class Hold {

		private final String text;

		private final CountDownLatch reached = new CountDownLatch(1);

		private final CountDownLatch released = new CountDownLatch(1);

		Hold(String text) {
			this.text = text;
		}

		void pass(String sent) throws InterruptedException {
			if (!this.text.isEmpty() && sent.contains(this.text)) {
				this.reached.countDown();
				this.released.await();
			}
		}

	}

}
