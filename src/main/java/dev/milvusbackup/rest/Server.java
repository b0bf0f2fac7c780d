package dev.milvusbackup.rest;

import java.util.concurrent.CountDownLatch;

import dev.milvusbackup.config.ServerSettings;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;

import org.slf4j.bridge.SLF4JBridgeHandler;

import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.WebServerException;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * A running HTTP server. Thread-safe.
 */
public final class Server implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private final CountDownLatch closed = new CountDownLatch(1);

	private Server(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Starts listening. What the parts hold is not closed with the server.
	 * @throws LaunchException when it cannot listen there
	 */
	public static Server start(ServerSettings settings, ServerParts parts) {
		// the log is set up already
		System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
		SLF4JBridgeHandler.removeHandlersForRootLogger();
		SLF4JBridgeHandler.install();
		SpringApplication application = new SpringApplication(RestConfiguration.class);
		application.setWebApplicationType(WebApplicationType.SERVLET);
		application.setBannerMode(Banner.Mode.OFF);
		application.setLogStartupInfo(false);
		application.setRegisterShutdownHook(false);
		application.setEnvironment(ServerEnvironment.of(settings));
		application.addInitializers((context) -> {
			GenericApplicationContext beans = (GenericApplicationContext) context;
			beans.registerBean(ServerSettings.class, () -> settings);
			beans.registerBean(ServerParts.class, () -> parts);
		});
		try {
			return new Server(application.run());
		}
		catch (RuntimeException ex) {
			throw unable(settings, ex);
		}
	}

	/**
	 * The port that it listens on.
	 */
	public int port() {
		return ((WebServerApplicationContext) this.context).getWebServer().getPort();
	}

	/**
	 * Waits until the server is closed.
	 */
	public void awaitClose() throws InterruptedException {
		this.closed.await();
	}

	/**
	 * Takes no more requests and waits for those that are being answered.
	 */
	@Override
	public void close() {
		this.context.close();
		this.closed.countDown();
	}

	private static RuntimeException unable(ServerSettings settings, RuntimeException failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof PortInUseException) {
				return new LaunchException(ExitCode.USAGE,
						"unable to listen on port '" + settings.port() + "': it is in use",
						"stop what uses it, or choose another with --port");
			}
			if (cause instanceof WebServerException || cause instanceof IllegalStateException) {
				return new LaunchException(ExitCode.USAGE, "unable to start the server: " + root(cause),
						"look at the keys batch.server.*");
			}
		}
		return failure;
	}

	private static Throwable root(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null) {
			root = root.getCause();
		}
		return root;
	}

}
