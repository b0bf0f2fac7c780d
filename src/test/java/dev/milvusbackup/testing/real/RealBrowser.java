package dev.milvusbackup.testing.real;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Chromium without a window, spoken to in the WebDriver protocol. Elements are named by
 * CSS selectors. Not thread-safe.
 */
public final class RealBrowser implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

	private final HttpClient http = HttpClient.newHttpClient();

	private final ServerProcess driver;

	private final String root;

	private final Path screenshots;

	private RealBrowser(ServerProcess driver, int port, Path screenshots) {
		this.driver = driver;
		this.screenshots = screenshots;
		String server = "http://127.0.0.1:" + port;
		Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> isReady(server));
		JsonNode session = send(HttpRequest.newBuilder(URI.create(server + "/session"))
			.POST(BodyPublishers.ofString(JSON.writeValueAsString(Map.of("capabilities", capabilities())))));
		this.root = server + "/session/" + session.path("sessionId").asString();
	}

	/**
	 * Starts one; its screenshots go to {@code target/screenshots}.
	 */
	public static RealBrowser start() {
		int port = freePort();
		Path log = Installation.workDirectory().resolve("chromedriver.log");
		String program = Installation.onPath("chromedriver").orElseThrow().toString();
		ServerProcess driver = ServerProcess.start(List.of(program, "--port=" + port), Map.of(), log);
		try {
			return new RealBrowser(driver, port, Installation.workDirectory().resolveSibling("screenshots"));
		}
		catch (RuntimeException ex) {
			driver.close();
			throw ex;
		}
	}

	private static Map<String, Object> capabilities() {
		List<String> arguments = List.of("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
				"--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
				"--disable-dev-shm-usage", "--window-size=1280,900", "--user-data-dir=" + userData());
		return Map.of("alwaysMatch",
				Map.of("browserName", "chrome", "goog:chromeOptions",
						Map.of("args", arguments, "binary", Installation.onPath("chromium").orElseThrow().toString()),
						"goog:loggingPrefs", Map.of("browser", "ALL")));
	}

	private static Path userData() {
		try {
			return Files.createTempDirectory(Files.createDirectories(Installation.workDirectory()), "chromium");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isReady(String server) {
		return send(HttpRequest.newBuilder(URI.create(server + "/status")).GET()).path("ready").asBoolean();
	}

	public void open(URI page) {
		post("/url", Map.of("url", page.toString()));
	}

	public URI url() {
		return URI.create(get("/url").asString());
	}

	public String title() {
		return get("/title").asString();
	}

	/** The visible text of the first such element. */
	public String text(String selector) {
		return get("/element/" + find(selector) + "/text").asString();
	}

	public boolean has(String selector) {
		return !post("/elements", Map.of("using", "css selector", "value", selector)).isEmpty();
	}

	public void click(String selector) {
		post("/element/" + find(selector) + "/click", Map.of());
	}

	/** Types into the field, after what is there. */
	public void type(String selector, String text) {
		post("/element/" + find(selector) + "/value", Map.of("text", text));
	}

	/** Presses a key such as {@code \uE004}, Tab, wherever the focus is. */
	public void press(String key) {
		post("/actions", Map.of("actions", List.of(Map.of("type", "key", "id", "keyboard", "actions",
				List.of(Map.of("type", "keyDown", "value", key), Map.of("type", "keyUp", "value", key))))));
	}

	/** The result of a script, as in {@code return document.title}. */
	public JsonNode script(String script) {
		return post("/execute/sync", Map.of("script", script, "args", List.of()));
	}

	/** What the pages logged since the last call, blocked resources included. */
	public List<String> log() {
		return post("/se/log", Map.of("type", "browser")).valueStream()
			.map((entry) -> entry.path("message").asString())
			.toList();
	}

	/** As on a telephone, or as on a screen. */
	public void resize(int width, int height) {
		post("/window/rect", Map.of("width", width, "height", height));
	}

	/** Keeps what is to be seen now, for people. */
	public void screenshot(String name) {
		try {
			Files.createDirectories(this.screenshots);
			Files.write(this.screenshots.resolve(name + ".png"),
					Base64.getDecoder().decode(get("/screenshot").asString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String find(String selector) {
		return post("/element", Map.of("using", "css selector", "value", selector)).path(ELEMENT).asString();
	}

	private JsonNode get(String path) {
		return send(HttpRequest.newBuilder(URI.create(this.root + path)).GET());
	}

	private JsonNode post(String path, Map<String, ?> body) {
		return send(HttpRequest.newBuilder(URI.create(this.root + path))
			.POST(BodyPublishers.ofString(JSON.writeValueAsString(body))));
	}

	private JsonNode send(HttpRequest.Builder request) {
		try {
			String body = this.http.send(request.timeout(Duration.ofMinutes(1)).build(), BodyHandlers.ofString())
				.body();
			JsonNode value = JSON.readTree(body).path("value");
			if (value.has("error")) {
				throw new IllegalStateException(value.path("message").asString());
			}
			return value;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		try {
			send(HttpRequest.newBuilder(URI.create(this.root)).DELETE());
		}
		finally {
			this.driver.close();
		}
	}

}
