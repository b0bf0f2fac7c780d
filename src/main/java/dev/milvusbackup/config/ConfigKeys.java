package dev.milvusbackup.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.milvusbackup.config.ConfigKey.OldName;

/**
 * The table of all keys.
 */
public final class ConfigKeys {

	private static final List<ConfigKey> LOG = List.of(
			ConfigKey
				.of("log.level", ValueType.oneOf("trace", "debug", "info", "warn", "error", "panic", "fatal"), "info",
						"The least severe messages to log.")
				.inBothVersions(),
			ConfigKey.of("log.console", ValueType.BOOLEAN, "true", "Whether to log to stderr too.").inBothVersions(),
			ConfigKey.of("log.file.path", ValueType.TEXT, "logs/backup.log", "The log file; empty for none.")
				.old("log.file.filename"),
			ConfigKey.of("log.file.maxSizeMiB", ValueType.POSITIVE, "300", "Size at which the log file is rotated.")
				.old("log.file.maxSize"),
			ConfigKey.of("log.file.maxDays", ValueType.NOT_NEGATIVE, "0", "Days to keep rotated files, 0 for ever.")
				.inBothVersions(),
			ConfigKey.of("log.file.maxBackups", ValueType.NOT_NEGATIVE, "0", "Rotated files to keep, 0 for all.")
				.inBothVersions(),
			ConfigKey
				.of("server.debugMode", ValueType.BOOLEAN, "false",
						"Whether the server logs each request; otherwise it does so with log.level debug.")
				.old("http.debugMode"),
			ConfigKey
				.of("server.swaggerBasePath", ValueType.TEXT, "",
						"Path of the server as clients see it behind a proxy, for Swagger UI.")
				.old("http.swaggerBasePath"));

	private static final List<ConfigKey> MILVUS = List.of(
			ConfigKey.of("milvus.user", ValueType.TEXT, "", "User name, empty for a Milvus without authentication.")
				.env("MILVUS_USER")
				.inBothVersions(),
			ConfigKey.of("milvus.password", ValueType.TEXT, "", "Password of the user.")
				.env("MILVUS_PASSWORD")
				.inBothVersions()
				.asSecret(),
			ConfigKey.of("milvus.grpc.address", ValueType.TEXT, "localhost", "Host of the Milvus proxy.")
				.old("milvus.address", "MILVUS_ADDRESS"),
			ConfigKey.of("milvus.grpc.port", ValueType.PORT, "19530", "gRPC port of the Milvus proxy.")
				.old("milvus.port", "MILVUS_PORT"),
			ConfigKey
				.of("milvus.grpc.tlsMode", ValueType.oneOf("disabled", "server", "mutual"), "disabled",
						"disabled, server (its certificate is checked) or mutual.")
				.old(new OldName("milvus.tlsMode", "MILVUS_TLS_MODE",
						Map.of("0", "disabled", "1", "server", "2", "mutual"))),
			ConfigKey
				.of("milvus.grpc.caCertPath", ValueType.TEXT, "",
						"PEM file of the certificate authority, for gRPC, and for REST and management by https.")
				.old("milvus.caCertPath", "MILVUS_CA_CERT_PATH")
				.old("milvus.tlsCertPath"),
			ConfigKey.of("milvus.grpc.serverName", ValueType.TEXT, "", "Name that the server's certificate must have.")
				.old("milvus.serverName", "MILVUS_SERVER_NAME"),
			ConfigKey
				.of("milvus.grpc.mtlsCertPath", ValueType.TEXT, "",
						"PEM file of the client certificate, with tlsMode mutual.")
				.old("milvus.mtlsCertPath", "MILVUS_MTLS_CERT_PATH"),
			ConfigKey
				.of("milvus.grpc.mtlsKeyPath", ValueType.TEXT, "",
						"PEM file of the client's private key (PKCS#8, no password).")
				.old("milvus.mtlsKeyPath", "MILVUS_MTLS_KEY_PATH"),
			ConfigKey.of("milvus.rest.endpoint", ValueType.OPTIONAL_HTTP_URL, "",
					"URL of the Milvus REST interface, empty for the same address and port."),
			ConfigKey.of("milvus.management.endpoint", ValueType.HTTP_URL, "http://localhost:9091",
					"Management endpoint, used to pause Milvus's garbage collection and to read keys of encrypted databases.")
				.old("backup.gcPause.address", "BACKUP_GC_PAUSE_ADDRESS"),
			ConfigKey
				.of("milvus.replicate.rpcChannelName", ValueType.TEXT, "by-dev-replicate-msg",
						"Replication channel whose position a backup of Milvus 2.5 keeps.")
				.old("milvus.rpcChannelName", "MILVUS_RPC_CHANNEL_NAME"),
			ConfigKey.of("milvus.etcd.endpoints", ValueType.LIST, "localhost:2379",
					"The etcd of Milvus, for --backup_index_extra: host:port each, with https:// before it for TLS.")
				.inBothVersions(),
			ConfigKey
				.of("milvus.etcd.rootPath", ValueType.TEXT, "by-dev",
						"Root path of this Milvus in it (its etcd.rootPath).")
				.inBothVersions());

	private static final List<ConfigKey> JOBS = List.of(
			ConfigKey
				.of("backup.concurrency.collections", ValueType.POSITIVE, "4",
						"Collections described and flushed at once.")
				.old("backup.parallelism.backupCollection", "BACKUP_PARALLELISM_BACKUP_COLLECTION")
				.old("backup.parallelism"),
			ConfigKey
				.of("backup.concurrency.segments", ValueType.POSITIVE, "1024",
						"Segments copied at once, of which more than 128 make no difference.")
				.old("backup.parallelism.backupSegment"),
			ConfigKey.of("backup.pauseGC", ValueType.BOOLEAN, "true", "Whether to pause Milvus's garbage collection.")
				.old("backup.gcPause.enable", "BACKUP_GC_PAUSE_ENABLE"),
			ConfigKey.of("restore.concurrency.collections", ValueType.POSITIVE, "2", "Collections created at once.")
				.old("backup.parallelism.restoreCollection", "BACKUP_PARALLELISM_RESTORE_COLLECTION")
				.old("restore.parallelism"),
			ConfigKey.of("restore.concurrency.importJobs", ValueType.POSITIVE, "768", "Import jobs at once.")
				.old("backup.parallelism.importJob")
				.old("backup.parallelism.importJobNum"),
			ConfigKey.of("restore.maxSegmentsPerImportJob", ValueType.POSITIVE, "256",
					"Most segments in one import job (Milvus 2.4 and later)."),
			ConfigKey
				.of("restore.keepTempFiles", ValueType.BOOLEAN, "false",
						"Whether files staged for the import are left behind.")
				.old("backup.keepTempFiles", "BACKUP_KEEP_TEMP_FILES"),
			ConfigKey
				.of("transfer.mode", ValueType.oneOf("auto", "direct", "streaming"), "auto",
						"direct: copied by the store; streaming: through this process; auto: direct where possible.")
				.old(new OldName("minio.crossStorage", null,
						Map.of("true", "streaming", "t", "streaming", "1", "streaming", "false", "auto", "f", "auto",
								"0", "auto"))),
			ConfigKey.of("transfer.concurrency", ValueType.POSITIVE, "128", "Object copies at once.")
				.old("backup.parallelism.copydata", "BACKUP_PARALLELISM_COPYDATA")
				.old("backup.copydata.parallelism"),
			ConfigKey
				.of("transfer.multipartCopyThresholdMiB", ValueType.POSITIVE, "500",
						"Size from which on the store copies an object in parts.")
				.old("minio.multipartCopyThresholdMiB"),
			ConfigKey
				.of("zillizCloud.endpoint", ValueType.TEXT, "https://api.cloud.zilliz.com",
						"No effect: this program does not migrate to Zilliz Cloud.")
				.old("cloud.address"),
			ConfigKey
				.of("zillizCloud.apiKey", ValueType.TEXT, "",
						"No effect: this program does not migrate to Zilliz Cloud.")
				.env("ZILLIZ_CLOUD_API_KEY")
				.old("cloud.apikey")
				.asSecret());

	/** Keys of v1 that have no meaning any more. */
	static final Set<String> IGNORED = Set.of("configversion", "http.enabled", "http.debug_mode", "http.simpleresponse",
			"log.file.rootpath", "backup.maxsegmentgroupsize", "backup.gcpause.seconds", "milvus.authorizationenabled");

	private static final List<ConfigKey> ALL = Stream
		.of(LOG, MILVUS, StorageKeys.MILVUS, StorageKeys.BACKUP, JOBS, BatchKeys.BATCH, BatchKeys.ETCD,
				BatchKeys.SERVER)
		.flatMap(List::stream)
		.toList();

	private ConfigKeys() {
	}

	/**
	 * In the order of the documentation; a key comes after the one that it inherits from.
	 */
	public static List<ConfigKey> all() {
		return ALL;
	}

}
