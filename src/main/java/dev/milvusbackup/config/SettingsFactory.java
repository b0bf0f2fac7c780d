package dev.milvusbackup.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.milvusbackup.config.Settings.BackupSettings;
import dev.milvusbackup.config.Settings.RestoreSettings;
import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.milvus.MilvusProperties;
import dev.milvusbackup.milvus.etcd.EtcdProperties;
import dev.milvusbackup.milvus.tls.Certificates;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.TransferMode;
import org.jspecify.annotations.Nullable;

/**
 * Turns checked values into the settings of the other packages.
 */
final class SettingsFactory {

	private static final long MEBIBYTE = 1024L * 1024L;

	private static final List<String> TLS_MODES = List.of("disabled", "server", "mutual");

	private final Map<String, ConfigValue> values;

	private final Path repositoryDirectory;

	private final Path directory;

	SettingsFactory(Map<String, ConfigValue> values, Path repositoryDirectory, Path directory) {
		this.values = values;
		this.repositoryDirectory = repositoryDirectory;
		this.directory = directory;
	}

	Settings settings() {
		BackupSettings backup = new BackupSettings(number("backup.concurrency.collections"), flag("backup.pauseGC"),
				duration("batch.backup.flushLimit"), text("milvus.replicate.rpcChannelName"),
				number("backup.concurrency.segments"));
		RestoreSettings restore = new RestoreSettings(number("restore.concurrency.collections"),
				number("restore.concurrency.importJobs"), duration("batch.restore.noProgressLimit"),
				flag("restore.keepTempFiles"), number("restore.maxSegmentsPerImportJob"));
		return new Settings(milvus(), storage(StorageKeys.MILVUS_PREFIX), storage(StorageKeys.BACKUP_PREFIX),
				TransferMode.valueOf(text("transfer.mode").toUpperCase(Locale.ROOT)), number("transfer.concurrency"),
				backup, restore, repository());
	}

	LogSettings log() {
		String file = text("log.file.path");
		return new LogSettings(text("log.level").toLowerCase(Locale.ROOT), flag("log.console"),
				file.isEmpty() ? null : this.directory.resolve(file), number("log.file.maxSizeMiB"),
				number("log.file.maxDays"), number("log.file.maxBackups"),
				"json".equalsIgnoreCase(text("batch.log.format")));
	}

	private MilvusProperties milvus() {
		String certificate = optional("milvus.grpc.mtlsCertPath");
		String key = optional("milvus.grpc.mtlsKeyPath");
		int mode = TLS_MODES.indexOf(text("milvus.grpc.tlsMode").toLowerCase(Locale.ROOT));
		int usable = (certificate == null || key == null) ? Math.min(mode, 1) : mode;
		return new MilvusProperties(text("milvus.grpc.address"), number("milvus.grpc.port"), text("milvus.user"),
				text("milvus.password"), usable, optional("milvus.grpc.caCertPath"), optional("milvus.grpc.serverName"),
				certificate, key, text("milvus.management.endpoint").replaceAll("/+$", ""), rest(), etcd());
	}

	private EtcdProperties etcd() {
		Certificates certificates = new Certificates(optional("batch.etcd.caCertPath"), optional("batch.etcd.certPath"),
				optional("batch.etcd.keyPath"));
		return new EtcdProperties(ValueType.entries(text("milvus.etcd.endpoints")), text("milvus.etcd.rootPath"),
				text("batch.etcd.user"), text("batch.etcd.password"), certificates);
	}

	private @Nullable String rest() {
		String endpoint = optional("milvus.rest.endpoint");
		return (endpoint != null) ? endpoint.replaceAll("/+$", "") : null;
	}

	private StorageProperties storage(String prefix) {
		String provider = StorageKeys.canonicalProvider(text(prefix + "provider"));
		boolean iam = "iam".equalsIgnoreCase(text(prefix + "auth.type"));
		return new StorageProperties("aws".equals(provider) ? "s3" : provider, text(prefix + "address"),
				number(prefix + "port"), optional(prefix + "region"), flag(prefix + "useSSL"),
				text(prefix + "bucketName"), text(prefix + "rootPath"), optional(prefix + "localPath"),
				optional(prefix + "auth.accessKeyID"), optional(prefix + "auth.secretAccessKey"),
				optional(prefix + "auth.sessionToken"), number("transfer.concurrency"),
				number("transfer.multipartCopyThresholdMiB") * MEBIBYTE, milvusEndpoint(prefix),
				iam ? new StorageProperties.Iam(optional(prefix + "auth.endpoint")) : null);
	}

	private @Nullable String milvusEndpoint(String prefix) {
		String address = optional(prefix + "milvusAddress");
		int port = number(prefix + "milvusPort");
		return (address != null && port > 0) ? address + ":" + port : address;
	}

	private RepositoryProperties repository() {
		String url = optional("batch.repository.url");
		RepositoryProperties repository = (url != null)
				? RepositoryProperties.postgresql(url, optional("batch.repository.user"),
						optional("batch.repository.password"))
				: RepositoryProperties.h2(this.directory.resolve(this.repositoryDirectory));
		return repository.withPoolSize(number("batch.repository.poolSize"));
	}

	private String text(String name) {
		ConfigValue value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("no key " + name);
		}
		return value.value();
	}

	private @Nullable String optional(String name) {
		String value = text(name);
		return value.isEmpty() ? null : value;
	}

	private int number(String name) {
		return Integer.parseInt(text(name));
	}

	private boolean flag(String name) {
		return ValueType.isTrue(text(name));
	}

	private Duration duration(String name) {
		String value = text(name);
		if (value.endsWith("ms")) {
			return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
		}
		return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
	}

}
