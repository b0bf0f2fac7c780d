package dev.milvusbackup.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.ledger.LedgerException;
import dev.milvusbackup.ledger.RepositoryProperties;
import org.jspecify.annotations.Nullable;

/**
 * Rules that need more than one key.
 */
final class SettingsRules {

	private final Map<String, ConfigValue> values;

	private final @Nullable Path repositoryDirectory;

	private final List<String> problems = new ArrayList<>();

	private final List<String> unsupported = new ArrayList<>();

	private final List<String> warnings = new ArrayList<>();

	SettingsRules(Map<String, ConfigValue> values, Map<String, String> environment) {
		this.values = values;
		this.repositoryDirectory = directory(environment);
		checkTls();
		this.problems.addAll(new EtcdRules(values).problems());
		for (String prefix : List.of(StorageKeys.MILVUS_PREFIX, StorageKeys.BACKUP_PREFIX)) {
			StorageRules storage = new StorageRules(values, prefix);
			this.problems.addAll(storage.problems());
			this.unsupported.addAll(storage.unsupported());
		}
		checkRepository();
		warnOfNesting();
		warnOfCloud();
	}

	List<String> problems() {
		return this.problems;
	}

	/** What is right, but what this version cannot do. */
	List<String> unsupported() {
		return this.unsupported;
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

	private void warnOfCloud() {
		String apiKey = text("zillizCloud.apiKey");
		// as the Go tool's sample file has it
		boolean placeholder = apiKey.startsWith("<");
		if (!apiKey.isEmpty() && !placeholder) {
			this.warnings.add("zillizCloud.apiKey has no effect: this program does not migrate to Zilliz Cloud");
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
