package dev.milvusbackup.milvus;

import dev.milvusbackup.milvus.etcd.EtcdProperties;
import dev.milvusbackup.milvus.tls.Certificates;
import org.jspecify.annotations.Nullable;

/**
 * How to reach a Milvus.
 *
 * @param tlsMode 0 none, 1 server certificate is checked, 2 mutual
 * @param managementEndpoint absolute http(s) URL without a trailing slash
 * @param restEndpoint the same, null for the address and port of the others
 * @param etcd where it keeps its metadata
 */
public record MilvusProperties(String address, int port, String user, String password, int tlsMode,
		@Nullable String caCertPath, @Nullable String serverName, @Nullable String clientCertPath,
		@Nullable String clientKeyPath, String managementEndpoint, @Nullable String restEndpoint, EtcdProperties etcd) {

	/**
	 * A server whose REST interface is at the same address.
	 */
	public MilvusProperties(String address, int port, String user, String password, int tlsMode,
			@Nullable String caCertPath, @Nullable String serverName, @Nullable String clientCertPath,
			@Nullable String clientKeyPath, String managementEndpoint) {
		this(address, port, user, password, tlsMode, caCertPath, serverName, clientCertPath, clientKeyPath,
				managementEndpoint, null);
	}

	/**
	 * A server that keeps its metadata where servers do unless told otherwise.
	 */
	public MilvusProperties(String address, int port, String user, String password, int tlsMode,
			@Nullable String caCertPath, @Nullable String serverName, @Nullable String clientCertPath,
			@Nullable String clientKeyPath, String managementEndpoint, @Nullable String restEndpoint) {
		this(address, port, user, password, tlsMode, caCertPath, serverName, clientCertPath, clientKeyPath,
				managementEndpoint, restEndpoint, EtcdProperties.DEFAULT);
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
				this.restEndpoint, this.etcd);
	}

	/**
	 * The same server with its metadata elsewhere.
	 */
	public MilvusProperties withEtcd(EtcdProperties elsewhere) {
		return new MilvusProperties(this.address, this.port, this.user, this.password, this.tlsMode, this.caCertPath,
				this.serverName, this.clientCertPath, this.clientKeyPath, this.managementEndpoint, this.restEndpoint,
				elsewhere);
	}

	/**
	 * Where the second REST interface is: absolute http(s) URL without a trailing slash.
	 */
	public String restUrl() {
		return (this.restEndpoint != null) ? this.restEndpoint
				: ((this.tlsMode == 0) ? "http://" : "https://") + target();
	}

	/**
	 * What all connections to it that use TLS have in common.
	 * @throws dev.milvusbackup.milvus.tls.CertificatesException when a file is not named
	 */
	Certificates certificates() {
		String authority = given(this.caCertPath);
		return (this.tlsMode == 2)
				? Certificates.mutual(authority, given(this.clientCertPath), given(this.clientKeyPath))
				: new Certificates(authority, null, null);
	}

	private static @Nullable String given(@Nullable String path) {
		return (path == null || path.isEmpty()) ? null : path;
	}

	@Override
	public String toString() {
		return "MilvusProperties[" + target() + ", user=" + this.user + ", tlsMode=" + this.tlsMode + "]";
	}

}
