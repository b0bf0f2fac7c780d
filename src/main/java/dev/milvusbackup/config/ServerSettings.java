package dev.milvusbackup.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Where the server listens, and whom it lets in.
 *
 * @param address to listen on, null for all
 * @param port 0 for any that is free
 * @param certificate PEM file, null for plain HTTP
 * @param key PEM file of the certificate's private key, null for plain HTTP
 * @param maxRuns runs at once that the server was asked for
 * @param swaggerBasePath of the API as clients see it behind a proxy, else empty
 * @param logsRequests whether each request is logged, whatever the level of the log
 */
public record ServerSettings(@Nullable String address, int port, Access access, @Nullable String certificate,
		@Nullable String key, int maxRuns, String swaggerBasePath, boolean logsRequests) {

	private static final String PREFIX = "batch.server.";

	/**
	 * @param all every key
	 * @throws ConfigException when the keys contradict each other
	 */
	static ServerSettings of(List<ConfigValue> all) {
		Map<String, ConfigValue> byName = all.stream()
			.collect(Collectors.toMap((value) -> value.key().name(), Function.identity()));
		Values values = new Values(byName);
		List<String> problems = new ArrayList<>();
		if (values.isSet("tls.certPath") != values.isSet("tls.keyPath")) {
			problems.add(PREFIX + "tls: certPath and keyPath belong together");
		}
		if (values.isSet("auth.user") != values.isSet("auth.password")) {
			problems.add(PREFIX + "auth: user and password belong together");
		}
		String address = values.optional("address");
		if (address != null && !isAddress(address)) {
			problems.add(PREFIX + "address: '" + address + "' is no address of this machine");
		}
		if (!problems.isEmpty()) {
			throw new ConfigException("configuration of the server", problems, null);
		}
		Access access = new Access(values.optional("auth.token"), values.optional("auth.user"),
				values.optional("auth.password"));
		return new ServerSettings(address, values.number("port"), access, values.optional("tls.certPath"),
				values.optional("tls.keyPath"), values.number("maxRuns"), values.text("server.swaggerBasePath"),
				ValueType.isTrue(values.text("server.debugMode")));
	}

	/**
	 * The same settings on another port.
	 */
	public ServerSettings withPort(int other) {
		return new ServerSettings(this.address, other, this.access, this.certificate, this.key, this.maxRuns,
				this.swaggerBasePath, this.logsRequests);
	}

	public boolean isTls() {
		return this.certificate != null;
	}

	/**
	 * Whether only this machine can reach it.
	 */
	public boolean isLoopback() {
		try {
			return this.address != null && InetAddress.getByName(this.address).isLoopbackAddress();
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	/**
	 * What an operator should know about the safety of these settings.
	 */
	public List<String> warnings() {
		List<String> warnings = new ArrayList<>();
		if (!isLoopback() && !this.access.isRestricted()) {
			warnings.add("the server lets everybody in who can reach it: set " + PREFIX + "auth.token, or " + PREFIX
					+ "address to localhost");
		}
		if (!isLoopback() && this.access.isRestricted() && !isTls()) {
			warnings.add("the server is given its credentials in clear: set " + PREFIX + "tls.certPath and " + PREFIX
					+ "tls.keyPath, unless a proxy does this");
		}
		return warnings;
	}

	private static boolean isAddress(String address) {
		try {
			return InetAddress.getByName(address) != null;
		}
		catch (UnknownHostException ex) {
			return false;
		}
	}

	/**
	 * What a client has to show; nothing when all is null.
	 *
	 * @param token to be sent as {@code Authorization: Bearer}, null for none
	 * @param user of basic authentication, null for none
	 */
	public record Access(@Nullable String token, @Nullable String user, @Nullable String password) {

		/**
		 * Whether credentials are needed.
		 */
		public boolean isRestricted() {
			return this.token != null || this.user != null;
		}

		@Override
		public String toString() {
			return "Access[" + (isRestricted() ? "restricted" : "open") + "]";
		}

	}

	private record Values(Map<String, ConfigValue> values) {

		String text(String name) {
			ConfigValue value = this.values.get(name);
			if (value == null) {
				throw new IllegalArgumentException("no key " + name);
			}
			return value.value();
		}

		@Nullable String optional(String name) {
			String value = text(PREFIX + name);
			return value.isEmpty() ? null : value;
		}

		boolean isSet(String name) {
			return optional(name) != null;
		}

		int number(String name) {
			return Integer.parseInt(text(PREFIX + name));
		}

	}

}
