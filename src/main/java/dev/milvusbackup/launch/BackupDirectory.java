package dev.milvusbackup.launch;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.ledger.LeaseOwner;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.manifest.BackupCatalog;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.manifest.BackupEntry.State;
import dev.milvusbackup.manifest.ManifestStore;
import dev.milvusbackup.manifest.SegmentSink;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreConnector;

/**
 * The backups under the backup root path: what {@code list}, {@code get} and
 * {@code delete} need. Uses the store only, no job repository and no Milvus. Besides the
 * errors named, every method throws {@link dev.milvusbackup.storage.StorageException}.
 */
public final class BackupDirectory implements AutoCloseable {

	private final ObjectStore store;

	private final ObjectPrefix root;

	private BackupDirectory(ObjectStore store, ObjectPrefix root) {
		this.store = store;
		this.root = root;
	}

	/**
	 * Opens the directory; nothing is created.
	 * @param backupStorage where the backups are
	 */
	public static BackupDirectory open(StoreConnector connector, StorageProperties backupStorage) {
		return new BackupDirectory(connector.open(backupStorage), backupStorage.keyRoot());
	}

	/**
	 * All backups, sorted by name, unfinished and damaged ones included.
	 */
	public List<BackupEntry> list() {
		return catalog().list();
	}

	/**
	 * The complete backups that hold the collection; reads the description of each.
	 */
	public List<BackupEntry> listWith(CollectionName collection) {
		return list().stream()
			.filter((entry) -> entry.state() == State.COMPLETE && holds(entry.name(), collection))
			.toList();
	}

	/**
	 * One backup in the state in which it is; empty when there is nothing of it.
	 */
	public Optional<BackupEntry> find(BackupName name) {
		return catalog().find(name);
	}

	/**
	 * What makes runs of {@code create} runs of this backup.
	 */
	public RunIdentity identity(BackupName name) {
		return BackupService.identity(this.store, layout(name));
	}

	/**
	 * What the runs of these backups have as their place.
	 */
	public String place() {
		return this.store.address() + "/" + this.root.value();
	}

	/**
	 * The process that says, in the backup's own directory, that it works on it; empty
	 * when there is none or it is dead.
	 */
	public Optional<LeaseOwner> worker(BackupName name) {
		return new LeaseObject(this.store, layout(name)).liveOwner();
	}

	/**
	 * The backup in short, as JSON of the Go tool's {@code BackupInfoBrief}.
	 * @throws dev.milvusbackup.manifest.ManifestException when there is no such backup or
	 * it cannot be read
	 */
	public String brief(BackupName name) {
		return new ManifestStore(this.store).brief(layout(name));
	}

	/**
	 * The whole description with all segments, as it was written. Not small.
	 * @throws dev.milvusbackup.manifest.ManifestException when there is no such backup
	 */
	public String full(BackupName name) {
		new ManifestStore(this.store).readHeader(layout(name));
		try (InputStream in = this.store.read(layout(name).meta(MetaFile.FULL))) {
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("unable to read '" + layout(name).meta(MetaFile.FULL) + "'", ex);
		}
	}

	/**
	 * Deletes the backup or what there is of an unfinished one. Repeatable after a
	 * failure.
	 * @throws dev.milvusbackup.manifest.ManifestException when there is no such backup
	 * @throws LaunchException when a process works on it
	 */
	public void delete(BackupName name) {
		worker(name).ifPresent((owner) -> {
			throw new LaunchException(ExitCode.RUNNING,
					"unable to delete backup '" + name + "': " + owner + " works on it",
					"wait until it ends; after a crash its lease expires within " + LeaseObject.EXPIRY.toSeconds()
							+ " s");
		});
		catalog().delete(name);
	}

	@Override
	public void close() {
		this.store.close();
	}

	private boolean holds(BackupName name, CollectionName collection) {
		return new ManifestStore(this.store).read(layout(name), SegmentSink.NONE)
			.collections()
			.stream()
			.anyMatch((backup) -> backup.collection().name().equals(collection));
	}

	private BackupCatalog catalog() {
		return new BackupCatalog(this.store, this.root);
	}

	private BackupLayout layout(BackupName name) {
		return new BackupLayout(this.root, name);
	}

}
