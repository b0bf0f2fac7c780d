package dev.milvusbackup.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.milvusbackup.config.ConfigKey.OldName;

/**
 * The keys of the two storages.
 */
final class StorageKeys {

	static final String MILVUS_PREFIX = "milvus.storage.";

	static final String BACKUP_PREFIX = "backup.storage.";

	/** Keys of the backup storage that do not inherit the value of the other storage. */
	private static final List<String> OWN = List.of("rootPath", "localPath", "milvusAddress", "milvusPort");

	/** Other names of providers, as the Go tool knows them. */
	private static final Map<String, String> ALIASES = Map.of("ali", "aliyun", "alibaba", "aliyun", "alicloud",
			"aliyun", "tc", "tencent");

	private static final Map<String, String> IAM = Map.of("true", "iam", "t", "iam", "1", "iam", "false", "static", "f",
			"static", "0", "static");

	/** What keys of the backup storage mean where that differs. */
	private static final Map<String, String> DOCS = Map.of("rootPath",
			"Where backups lie in the bucket; a directory on disk for local storage.", "milvusAddress",
			"Host of the store as Milvus reaches it, for the snapshot format; without it Milvus uses the endpoint that it"
					+ " knows, or the one above if that is another store.",
			"milvusPort", "Port that belongs to milvusAddress.");

	static final List<ConfigKey> MILVUS = milvus();

	static final List<ConfigKey> BACKUP = backup();

	private StorageKeys() {
	}

	/** The provider's own name, in lower case. */
	static String canonicalProvider(String name) {
		String provider = name.toLowerCase(Locale.ROOT);
		return ALIASES.getOrDefault(provider, provider);
	}

	private static List<ConfigKey> milvus() {
		return List.of(
				provider(MILVUS_PREFIX).old("storage.storageType").old("minio.storageType").old("minio.cloudProvider"),
				text(MILVUS_PREFIX + "address", "localhost", "Host of the store.").old("minio.address",
						"MINIO_ADDRESS"),
				ConfigKey.of(MILVUS_PREFIX + "port", ValueType.PORT, "9000", "Port of the store.")
					.old("minio.port", "MINIO_PORT"),
				text(MILVUS_PREFIX + "region", "", "Region of the bucket.").old("minio.region", "MINIO_REGION"),
				ConfigKey.of(MILVUS_PREFIX + "useSSL", ValueType.BOOLEAN, "false", "Whether to use https.")
					.old("minio.useSSL", "MINIO_USE_SSL"),
				text(MILVUS_PREFIX + "accountName", "", "Not used yet.").env("MILVUS_STORAGE_ACCOUNT_NAME"),
				text(MILVUS_PREFIX + "bucketName", "a-bucket", "Bucket; not used by local storage.")
					.old("minio.bucketName", "MINIO_BUCKET_NAME"),
				text(MILVUS_PREFIX + "rootPath", "files",
						"Root path of Milvus in the bucket; the directory on disk for local storage.")
					.old("minio.rootPath", "MINIO_ROOT_PATH"),
				text(MILVUS_PREFIX + "localPath", "", "Local storage only: rootPath as Milvus sees it."),
				text(MILVUS_PREFIX + "milvusAddress", "", "Not used yet."),
				ConfigKey.of(MILVUS_PREFIX + "milvusPort", ValueType.OPTIONAL_PORT, "0", "Not used yet."),
				authType(MILVUS_PREFIX).old(new OldName("minio.useIAM", "MINIO_USE_IAM", IAM)),
				text(MILVUS_PREFIX + "auth.accessKeyID", "minioadmin", "Access key.")
					.env("MILVUS_STORAGE_AUTH_ACCESS_KEY_ID")
					.old("minio.accessKeyID", "MINIO_ACCESS_KEY"),
				text(MILVUS_PREFIX + "auth.secretAccessKey", "minioadmin", "Secret key.")
					.env("MILVUS_STORAGE_AUTH_SECRET_ACCESS_KEY")
					.old("minio.secretAccessKey", "MINIO_SECRET_KEY")
					.asSecret(),
				text(MILVUS_PREFIX + "auth.sessionToken", "", "Session token of temporary credentials.")
					.env("MILVUS_STORAGE_AUTH_SESSION_TOKEN")
					.old("minio.token", "MINIO_TOKEN")
					.asSecret(),
				text(MILVUS_PREFIX + "auth.accountKey", "", "Not used yet.").env("MILVUS_STORAGE_AUTH_ACCOUNT_KEY")
					.asSecret(),
				text(MILVUS_PREFIX + "auth.credentialsFile", "", "Not used yet.")
					.env("MILVUS_STORAGE_AUTH_CREDENTIALS_FILE")
					.old("minio.gcpCredentialJSON", "GCP_KEY_JSON")
					.asSecret(),
				text(MILVUS_PREFIX + "auth.endpoint", "",
						"With auth.type iam: URL of the metadata service, empty for the one of the surroundings.")
					.old("minio.iamEndpoint", "MINIO_IAM_ENDPOINT"));
	}

	/**
	 * The same keys under the other prefix; old names are minio.backup... instead of
	 * minio...
	 */
	private static List<ConfigKey> backup() {
		return MILVUS.stream().map(StorageKeys::backup).toList();
	}

	private static ConfigKey backup(ConfigKey milvus) {
		String part = milvus.name().substring(MILVUS_PREFIX.length());
		List<OldName> oldNames = "provider".equals(part)
				? List.of(new OldName("storage.backupStorageType", null, Map.of()),
						new OldName("minio.backupStorageType", null, Map.of()))
				: milvus.oldNames().stream().map(StorageKeys::backup).toList();
		List<String> environment = milvus.environment()
			.stream()
			.map((variable) -> variable.replace("MILVUS_STORAGE", "BACKUP_STORAGE"))
			.toList();
		boolean own = OWN.contains(part);
		// the Go tool's v1 default is the Milvus root path itself, a known mistake
		String defaultValue = "rootPath".equals(part) ? "backup" : milvus.defaultValue();
		String doc = DOCS.getOrDefault(part, milvus.doc());
		return new ConfigKey(BACKUP_PREFIX + part, oldNames, environment, own ? null : milvus.name(), defaultValue,
				milvus.type(), milvus.secret(), doc);
	}

	private static OldName backup(OldName milvus) {
		String name = milvus.name().substring("minio.".length());
		String variable = milvus.environment();
		if (variable != null) {
			variable = variable.startsWith("MINIO_") ? variable.replace("MINIO_", "MINIO_BACKUP_")
					: "BACKUP_" + variable;
		}
		return new OldName("minio.backup" + Character.toUpperCase(name.charAt(0)) + name.substring(1), variable,
				milvus.values());
	}

	private static ConfigKey provider(String prefix) {
		return ConfigKey.of(prefix + "provider",
				ValueType.oneOf("local", "minio", "s3", "aws", "gcp", "gcpnative", "azure", "aliyun", "ali", "alibaba",
						"alicloud", "tencent", "tc", "hwc"),
				"minio",
				"Kind of store: local, minio, s3, aws, aliyun, tencent, hwc, or gcp (through its S3 interface); "
						+ "azure and gcpnative are not supported.");
	}

	private static ConfigKey authType(String prefix) {
		return ConfigKey.of(prefix + "auth.type",
				ValueType.oneOf("static", "sharedkey", "serviceaccount", "iam", "default"), "static",
				"How to log in: static (access and secret key), or "
						+ "iam (the role of a machine or pod; minio, s3 and aws); the others are not supported.");
	}

	private static ConfigKey text(String name, String defaultValue, String doc) {
		return ConfigKey.of(name, ValueType.TEXT, defaultValue, doc);
	}

}
