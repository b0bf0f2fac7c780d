package dev.milvusbackup.launch;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;

import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets other processes of the same user on the same machine use the H2 file that this one
 * holds. A file beside it, readable by its owner only, tells them port and key.
 */
final class EmbeddedServer implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);

	private static final String LOOPBACK = "127.0.0.1";

	private final String database;

	private final Path announcement;

	private @Nullable Server server;

	private boolean closed;

	/**
	 * @param database as H2 names it
	 * @param announcement where to say how to get in
	 */
	EmbeddedServer(String database, Path announcement) {
		this.database = database;
		this.announcement = announcement;
		// Read once by H2, when its first class that needs it is loaded.
		if (System.getProperty("h2.bindAddress") == null) {
			System.setProperty("h2.bindAddress", LOOPBACK);
		}
	}

	/**
	 * Idempotent, without effect after closing. The file must be held by this process.
	 */
	synchronized void start() throws SQLException {
		if (this.server != null || this.closed) {
			return;
		}
		String key = UUID.randomUUID().toString();
		Server started = Server.createTcpServer("-tcpPort", "0", "-tcpDaemon", "-key", key, this.database).start();
		try {
			announce(started.getPort(), key);
			this.server = started;
		}
		catch (IOException ex) {
			started.stop();
			throw new SQLException("cannot write " + this.announcement, ex);
		}
	}

	synchronized boolean started() {
		return this.server != null;
	}

	/**
	 * The temporary file is this call's own, and readable by its owner only from the
	 * start.
	 */
	private void announce(int port, String key) throws IOException {
		Path draft = Files.createTempFile(this.announcement.getParent(), this.announcement.getFileName().toString(),
				".tmp");
		try {
			Files.writeString(draft, "port=" + port + "\nkey=" + key + "\n");
			Files.move(draft, this.announcement, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		}
		finally {
			Files.deleteIfExists(draft);
		}
	}

	/**
	 * Where the process that holds the file says it can be reached; null when it says
	 * nothing.
	 */
	@Nullable String address() {
		if (!Files.isReadable(this.announcement)) {
			return null;
		}
		try (Reader reader = Files.newBufferedReader(this.announcement, StandardCharsets.UTF_8)) {
			Properties properties = new Properties();
			properties.load(reader);
			return "//" + LOOPBACK + ":" + properties.getProperty("port") + "/" + properties.getProperty("key");
		}
		catch (IOException ex) {
			log.debug("{} went away while it was read", this.announcement, ex);
			return null;
		}
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.server != null) {
			try {
				Files.deleteIfExists(this.announcement);
			}
			catch (IOException ex) {
				log.warn("unable to delete '{}': {}", this.announcement, ex.toString());
			}
			this.server.stop();
			this.server = null;
		}
	}

}
