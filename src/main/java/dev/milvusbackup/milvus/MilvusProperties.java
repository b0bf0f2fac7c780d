package dev.milvusbackup.milvus;

import org.jspecify.annotations.Nullable;

/**
 * How to reach a Milvus.
 *
 * @param tlsMode 0 none, 1 server certificate is checked, 2 mutual
 * @param managementEndpoint absolute http(s) URL without a trailing slash
 * @param restEndpoint as the management endpoint; empty for the address and port of gRPC
 */
public record MilvusProperties(String address, int port, String user, String password, int tlsMode,
		@Nullable String caCertPath, @Nullable String serverName, @Nullable String clientCertPath,
		@Nullable String clientKeyPath, String managementEndpoint, String restEndpoint) {

	public MilvusProperties(String address, int port, String user, String password, int tlsMode,
			@Nullable String caCertPath, @Nullable String serverName, @Nullable String clientCertPath,
			@Nullable String clientKeyPath, String managementEndpoint) {
		this(address, port, user, password, tlsMode, caCertPath, serverName, clientCertPath, clientKeyPath,
				managementEndpoint, "");
	}

	/**
	 * Absolute URL of the REST interface, without a trailing slash.
	 */
	public String restUrl() {
		return this.restEndpoint.isEmpty() ? ((this.tlsMode == 0) ? "http" : "https") + "://" + target()
				: this.restEndpoint;
	}

	/**
	 * Host and port, to name the server in messages.
	 */
	public String target() {
		return this.address + ":" + this.port;
	}

	/**
	 * The same server with its management endpoint elsewhere.
	 * @param endpoint absolute http(s) URL
	 */
	public MilvusProperties withManagementEndpoint(String endpoint) {
		return new MilvusProperties(this.address, this.port, this.user, this.password, this.tlsMode, this.caCertPath,
				this.serverName, this.clientCertPath, this.clientKeyPath, endpoint.replaceAll("/+$", ""),
				this.restEndpoint);
	}

	@Override
	public String toString() {
		return "MilvusProperties[" + target() + ", user=" + this.user + ", tlsMode=" + this.tlsMode + "]";
	}

}
