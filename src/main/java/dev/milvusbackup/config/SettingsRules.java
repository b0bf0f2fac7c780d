package dev.milvusbackup.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.milvusbackup.ledger.LedgerException;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.storage.ObjectPrefix;
import org.jspecify.annotations.Nullable;

/**
 * Rules that need more than one key, or that narrow what this version can do.
 */
final class SettingsRules {

	private static final List<String> SUPPORTED_PROVIDERS = List.of("local", "minio", "s3", "aws");

	private final Map<String, ConfigValue> values;

	private final @Nullable Path repositoryDirectory;

	private final List<String> problems = new ArrayList<>();

	private final List<String> warnings = new ArrayList<>();

	SettingsRules(Map<String, ConfigValue> values, Map<String, String> environment) {
		this.values = values;
		this.repositoryDirectory = directory(environment);
		checkTls();
		checkStorage(StorageKeys.MILVUS_PREFIX);
		checkStorage(StorageKeys.BACKUP_PREFIX);
		checkRepository();
		warnOfNesting();
	}

	List<String> problems() {
		return this.problems;
	}

	List<String> warnings() {
		return this.warnings;
	}

	/** Where the embedded job repository lies; valid when there is no problem. */
	Path repositoryDirectory() {
		return (this.repositoryDirectory != null) ? this.repositoryDirectory : Path.of("");
	}

	private void checkTls() {
		ConfigValue mode = value("milvus.grpc.tlsMode");
		boolean keyPair = !text("milvus.grpc.mtlsCertPath").isEmpty() && !text("milvus.grpc.mtlsKeyPath").isEmpty();
		if (!"mutual".equalsIgnoreCase(mode.value()) || keyPair) {
			return;
		}
		if (mode.sourceKey().equals(mode.key().name())) {
			this.problems.add("milvus.grpc.tlsMode: mutual needs mtlsCertPath and mtlsKeyPath too");
		}
		else {
			this.warnings.add(mode.sourceKey() + " asks for mutual TLS without a key pair: only the server is checked");
		}
	}

	private void checkStorage(String prefix) {
		String provider = text(prefix + "provider").toLowerCase(Locale.ROOT);
		boolean local = "local".equals(provider);
		if (!SUPPORTED_PROVIDERS.contains(provider)) {
			this.problems.add(prefix + "provider: '" + provider + "' is not supported yet, only "
					+ String.join(", ", SUPPORTED_PROVIDERS));
		}
		else if (!local && !"static".equalsIgnoreCase(text(prefix + "auth.type"))) {
			this.problems
				.add(prefix + "auth.type: '" + text(prefix + "auth.type") + "' is not supported yet, only static");
		}
		if (local && text(prefix + "rootPath").isBlank()) {
			this.problems.add(prefix + "rootPath: local storage needs a directory");
		}
		if (!local && !isDirectory(text(prefix + "rootPath"))) {
			this.problems.add(prefix + "rootPath: '" + text(prefix + "rootPath") + "' is no path in a bucket");
		}
		if (!local && !text(prefix + "localPath").isEmpty()) {
			this.problems.add(prefix + "localPath: only for provider local");
		}
		checkMilvusAddress(prefix, local);
	}

	private static boolean isDirectory(String path) {
		try {
			return ObjectPrefix.of(path) != null;
		}
		catch (IllegalArgumentException ex) {
			return false;
		}
	}

	private void checkMilvusAddress(String prefix, boolean local) {
		String address = text(prefix + "milvusAddress");
		if (!address.isEmpty() && (local || address.contains("://"))) {
			this.problems.add(prefix + "milvusAddress: " + (local ? "not for provider local" : "a host, not a URL"));
		}
		if (address.isEmpty() && !"0".equals(text(prefix + "milvusPort"))) {
			this.problems.add(prefix + "milvusPort: needs milvusAddress too");
		}
	}

	private void checkRepository() {
		String url = text("batch.repository.url");
		if (!url.isEmpty() && !url.startsWith("jdbc:postgresql:")) {
			this.problems.add("batch.repository.url: not a JDBC URL of PostgreSQL (jdbc:postgresql://host/database)");
		}
		if (url.isEmpty() && this.repositoryDirectory == null) {
			this.problems.add("batch.repository.directory: needed, as the user has no home");
		}
	}

	private void warnOfNesting() {
		boolean samePlace = List.of("provider", "address", "port", "bucketName")
			.stream()
			.allMatch((key) -> text(StorageKeys.MILVUS_PREFIX + key).equals(text(StorageKeys.BACKUP_PREFIX + key)));
		String milvus = text(StorageKeys.MILVUS_PREFIX + "rootPath").replaceAll("/+$", "") + "/";
		String backup = text(StorageKeys.BACKUP_PREFIX + "rootPath").replaceAll("/+$", "") + "/";
		if (samePlace && milvus.length() > 1 && backup.startsWith(milvus)) {
			this.warnings.add("the backups lie inside the root path of Milvus (" + backup + "): choose another "
					+ StorageKeys.BACKUP_PREFIX + "rootPath");
		}
	}

	private @Nullable Path directory(Map<String, String> environment) {
		String configured = text("batch.repository.directory");
		if (!configured.isEmpty()) {
			return Path.of(configured);
		}
		try {
			String home = environment.getOrDefault("HOME", System.getProperty("user.home", ""));
			return RepositoryProperties.defaultDirectory(environment, home);
		}
		catch (LedgerException ex) {
			return null;
		}
	}

	private ConfigValue value(String name) {
		ConfigValue value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("no key " + name);
		}
		return value;
	}

	private String text(String name) {
		return value(name).value();
	}

}
