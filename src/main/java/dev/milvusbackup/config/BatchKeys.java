package dev.milvusbackup.config;

import java.util.List;

/**
 * The keys that the Go tool does not have.
 */
final class BatchKeys {

	static final List<ConfigKey> BATCH = List.of(
			ConfigKey
				.of("batch.log.format", ValueType.oneOf("text", "json"), "text",
						"Lines of the log, on stderr too: text, or a JSON object each.")
				.env("MILVUS_BACKUP_LOG_FORMAT")
				.inBothVersions(),
			ConfigKey
				.of("batch.repository.directory", ValueType.TEXT, "",
						"Directory of the embedded job repository; empty for milvus-backup below $XDG_DATA_HOME or"
								+ " ~/.local/share.")
				.env("MILVUS_BACKUP_REPOSITORY_DIRECTORY")
				.inBothVersions(),
			ConfigKey
				.of("batch.repository.url", ValueType.TEXT, "",
						"JDBC URL of a PostgreSQL database for the job repository; empty for the embedded one.")
				.env("MILVUS_BACKUP_REPOSITORY_URL")
				.inBothVersions(),
			ConfigKey.of("batch.repository.user", ValueType.TEXT, "", "Database user.")
				.env("MILVUS_BACKUP_REPOSITORY_USER")
				.inBothVersions(),
			ConfigKey.of("batch.repository.password", ValueType.TEXT, "", "Password of the database user.")
				.env("MILVUS_BACKUP_REPOSITORY_PASSWORD")
				.inBothVersions()
				.asSecret(),
			ConfigKey
				.of("batch.repository.poolSize", ValueType.POOL_SIZE, "10", "Database connections at most, at least 3.")
				.inBothVersions(),
			ConfigKey
				.of("batch.backup.flushLimit", ValueType.DURATION_TEXT, "10m",
						"How long the flush of one collection may take.")
				.inBothVersions(),
			ConfigKey
				.of("batch.restore.noProgressLimit", ValueType.DURATION_TEXT, "60m",
						"How long an import job may make no progress before it is given up.")
				.inBothVersions());

	static final List<ConfigKey> ETCD = List.of(
			ConfigKey.of("batch.etcd.user", ValueType.TEXT, "", "User of the etcd of Milvus, empty for none.")
				.env("MILVUS_BACKUP_ETCD_USER")
				.inBothVersions(),
			ConfigKey.of("batch.etcd.password", ValueType.TEXT, "", "Password of the etcd user.")
				.env("MILVUS_BACKUP_ETCD_PASSWORD")
				.inBothVersions()
				.asSecret(),
			ConfigKey.of("batch.etcd.caCertPath", ValueType.TEXT, "",
					"PEM file of the authority that etcd's certificate is from, empty for those that the JDK trusts.")
				.inBothVersions(),
			ConfigKey.of("batch.etcd.certPath", ValueType.TEXT, "", "PEM file of the certificate shown to etcd.")
				.inBothVersions(),
			ConfigKey
				.of("batch.etcd.keyPath", ValueType.TEXT, "",
						"PEM file of that certificate's private key (PKCS#8, no password).")
				.inBothVersions());

	static final List<ConfigKey> SERVER = List.of(
			ConfigKey
				.of("batch.server.address", ValueType.TEXT, "",
						"Address that the server listens on; empty for all of this machine.")
				.env("MILVUS_BACKUP_SERVER_ADDRESS")
				.inBothVersions(),
			ConfigKey
				.of("batch.server.port", ValueType.OPTIONAL_PORT, "8080", "Port of the server, 0 for any that is free.")
				.env("SERVER_PORT")
				.inBothVersions(),
			ConfigKey.of("batch.server.auth.token", ValueType.TEXT, "", "Bearer token that clients of the server need.")
				.env("MILVUS_BACKUP_SERVER_TOKEN")
				.inBothVersions()
				.asSecret(),
			ConfigKey.of("batch.server.auth.user", ValueType.TEXT, "", "User of the server, with basic authentication.")
				.env("MILVUS_BACKUP_SERVER_USER")
				.inBothVersions(),
			ConfigKey.of("batch.server.auth.password", ValueType.TEXT, "", "Password of the server's user.")
				.env("MILVUS_BACKUP_SERVER_PASSWORD")
				.inBothVersions()
				.asSecret(),
			ConfigKey
				.of("batch.server.tls.certPath", ValueType.TEXT, "", "PEM file of the server's certificate, for HTTPS.")
				.inBothVersions(),
			ConfigKey.of("batch.server.tls.keyPath", ValueType.TEXT, "", "PEM file of the certificate's private key.")
				.inBothVersions(),
			ConfigKey.of("batch.server.maxRuns", ValueType.POSITIVE, "8", "Runs that the server carries out at once.")
				.inBothVersions());

	private BatchKeys() {
	}

}
