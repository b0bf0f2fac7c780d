package dev.milvusbackup.rest;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.launch.BackupDirectory;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunLookUp;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.launch.VerificationDetail;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.ledger.VerificationLedger;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.manifest.ManifestException;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreConnector;
import org.jspecify.annotations.Nullable;

/**
 * The backups, with what the job repository knows of them. Each call opens the store
 * anew, so that nothing outlives a store that went away. Thread-safe.
 */
public final class Backups {

	private static final int RECENT = 200;

	private final Settings settings;

	private final StoreConnector stores;

	private final Runs runs;

	private final RunLookUp lookUp;

	private final VerificationLedger verifications;

	Backups(Settings settings, StoreConnector stores, Runs runs) {
		this.settings = settings;
		this.stores = stores;
		this.runs = runs;
		this.lookUp = runs.lookUp();
		this.verifications = this.lookUp.verifications();
	}

	/**
	 * All backups, sorted by name, unfinished and damaged ones included.
	 */
	public List<BackupEntry> list() {
		return with("", BackupDirectory::list);
	}

	/**
	 * What is there of the backup in the bucket; empty when there is nothing.
	 * @param path backup root path, empty for the configured one
	 */
	public Optional<BackupEntry> find(BackupName name, String path) {
		return with(path, (directory) -> directory.find(name));
	}

	/**
	 * The backup in short, as JSON of the Go tool's {@code BackupInfoBrief}.
	 * @param path backup root path, empty for the configured one
	 * @throws ManifestException when there is no such backup or it cannot be read
	 */
	public String brief(BackupName name, String path) {
		return with(path, (directory) -> directory.brief(name));
	}

	/**
	 * The newest run that made, or makes, the backup.
	 * @param path backup root path, empty for the configured one
	 */
	public Optional<RunDetail> run(BackupName name, String path) {
		return this.lookUp.newest(with(path, (directory) -> directory.identity(name)));
	}

	/**
	 * The run that a client's request id or a backup's id stands for.
	 */
	public Optional<RunDetail> run(String id) {
		return this.lookUp.named(RunKind.BACKUP, id)
			.or(() -> this.lookUp.recent(RECENT)
				.stream()
				.filter((detail) -> this.lookUp.backupId(detail.run()).equals(id))
				.findFirst()
				.flatMap((detail) -> this.lookUp.find(detail.run().id())));
	}

	/**
	 * Whether a run makes a backup below the configured root path.
	 */
	public boolean isHere(Run run) {
		return with("", (directory) -> directory.identity(new BackupName(run.backup()))).equals(run.identity());
	}

	/**
	 * The name of the complete backup that has the id.
	 */
	public Optional<BackupName> named(String id) {
		return list().stream().filter((entry) -> entry.id().equals(id)).map(BackupEntry::name).findFirst();
	}

	/**
	 * Deletes the backup, or what there is of an unfinished one.
	 * @throws LaunchException when a process works on it or restores it
	 */
	public void delete(BackupName name) {
		this.runs.delete(name);
		this.verifications.delete(place(), name.value());
	}

	/**
	 * Whether the backup's own directory says that a process works on it.
	 */
	public boolean isWorkedOn(BackupName name, String path) {
		return with(path, (directory) -> directory.worker(name)).isPresent();
	}

	/**
	 * By the backup's id, for backups whose verification came to an end.
	 */
	public Map<String, VerificationLedger.Verified> verified() {
		return this.verifications.all(place());
	}

	/**
	 * The newest verification of the backup, of whatever process.
	 */
	public Optional<VerificationDetail> verification(BackupName name) {
		return this.lookUp.verification(with("", (directory) -> directory.identity(name)));
	}

	/**
	 * The configured place of the backups with another bucket or root path.
	 * @param bucket empty for the configured one
	 * @param path empty for the configured one
	 */
	public StorageProperties storage(String bucket, String path) {
		StorageProperties configured = this.settings.backupStorage();
		StorageProperties elsewhere = configured.at(bucket.isEmpty() ? configured.bucket() : bucket,
				path.isEmpty() ? configured.rootPath() : path);
		try {
			elsewhere.keyRoot();
			return elsewhere;
		}
		catch (IllegalArgumentException ex) {
			throw new LaunchException(ExitCode.USAGE,
					"unable to use backup root path '" + path + "': it is no path in a bucket", null);
		}
	}

	private String place() {
		return with("", BackupDirectory::place);
	}

	private <T extends @Nullable Object> T with(String path, Function<BackupDirectory, T> work) {
		try (BackupDirectory directory = BackupDirectory.open(this.stores, storage("", path))) {
			return work.apply(directory);
		}
	}

}
