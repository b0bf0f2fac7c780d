package dev.milvusbackup.cli;

import java.util.Map;

import dev.milvusbackup.config.ServerSettings;
import dev.milvusbackup.launch.CheckService;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.rest.Server;
import dev.milvusbackup.rest.ServerParts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Serves the REST API, the metrics and the web console until the process is asked to end.
 */
@Command(name = "server", description = "Serves the REST API, the metrics and the web console.", sortOptions = false,
		optionListHeading = "%nOptions:%n", exitCodeListHeading = Help.EXIT_CODES,
		exitCodeList = { Help.COMPLETE, Help.FAILED, Help.USAGE })
final class ServerCommand implements Verb {

	private static final int HIGHEST_PORT = 65535;

	@Option(names = { "-p", "--port" }, paramLabel = "<port>",
			description = "Port to listen on (default: $SERVER_PORT, else batch.server.port, else 8080).")
	String port = "";

	@Override
	public VerbResult run(Session session) {
		ServerSettings settings = settings(session);
		settings.warnings().forEach(session::warn);
		return session.serve((runs) -> serve(session, settings, runs));
	}

	private ServerSettings settings(Session session) {
		ServerSettings settings = session.configuration().server();
		if (this.port.isEmpty()) {
			return settings;
		}
		if (!this.port.matches("\\d{1,5}") || Integer.parseInt(this.port) > HIGHEST_PORT) {
			throw new LaunchException(ExitCode.USAGE, "unable to use port '" + this.port + "': it is no port",
					"give a number from 0 to " + HIGHEST_PORT);
		}
		return settings.withPort(Integer.parseInt(this.port));
	}

	private static VerbResult serve(Session session, ServerSettings settings, Runs runs) {
		Connectors connectors = session.connectors();
		CheckService check = new CheckService(connectors.stores(), connectors.milvus());
		ServerParts parts = new ServerParts(runs, session.settings(), connectors.stores(),
				() -> CheckCommand.text(session.configuration().values(), check.check(session.settings())));
		try (Server server = Server.start(settings, parts)) {
			session.note("serving on " + (settings.isTls() ? "https" : "http") + "://"
					+ ((settings.address() != null) ? settings.address() : "localhost") + ":" + server.port());
			Thread hook = new Thread(server::close, "stop-server");
			Runtime.getRuntime().addShutdownHook(hook);
			server.awaitClose();
			return VerbResult.complete("server", "", Map.of());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LaunchException(ExitCode.STOPPED, "unable to go on serving: interrupted", null);
		}
	}

}
