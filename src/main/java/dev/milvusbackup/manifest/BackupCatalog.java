package dev.milvusbackup.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.InvalidNameException;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;

/**
 * The backups below one root path. Does not judge whether a run works on one of them.
 * Thread-safe. Besides {@link ManifestException} every method throws
 * {@link StorageException}.
 */
public final class BackupCatalog {

	private static final int DELETE_BATCH = 1000;

	private final ObjectStore store;

	private final ObjectPrefix root;

	private final ManifestStore manifests;

	public BackupCatalog(ObjectStore store, ObjectPrefix root) {
		this.store = store;
		this.root = root;
		this.manifests = new ManifestStore(store);
	}

	/**
	 * All backups, also unfinished and damaged ones, sorted by name. Reads one small
	 * object each, several at once; directories that are no backup are left out.
	 */
	public List<BackupEntry> list() {
		List<Callable<Optional<BackupEntry>>> lookUps = this.store.directories(this.root)
			.stream()
			.flatMap(BackupCatalog::name)
			.sorted()
			.map((name) -> (Callable<Optional<BackupEntry>>) () -> find(new BackupName(name)))
			.toList();
		return new LookUps(this.store.address() + "/" + this.root).run(lookUps)
			.stream()
			.flatMap(Optional::stream)
			.toList();
	}

	/**
	 * One backup in the state in which it is; empty when there is nothing of it.
	 */
	public Optional<BackupEntry> find(BackupName name) {
		try {
			return Optional.of(this.manifests.readHeader(layout(name)));
		}
		catch (ManifestException ex) {
			return switch (ex.kind()) {
				case NOT_FOUND -> Optional.empty();
				case INCOMPLETE -> Optional.of(new BackupEntry(name, BackupEntry.State.INCOMPLETE, "", 0, ""));
				case DAMAGED, UNKNOWN_FORMAT ->
					Optional.of(new BackupEntry(name, BackupEntry.State.DAMAGED, "", 0, ""));
			};
		}
	}

	/**
	 * Removes everything of a backup in any state: first the existence marker, then the
	 * other files that describe it in the reverse order of writing, then its objects.
	 * What a kill leaves is incomplete and can be deleted again.
	 * @return how many objects there were beside the files that describe it
	 * @throws ManifestException of kind NOT_FOUND when there is nothing of it
	 */
	public long delete(BackupName name) {
		if (find(name).isEmpty()) {
			throw new ManifestException(ManifestException.Kind.NOT_FOUND,
					"unable to delete backup '" + name + "': there is no such backup",
					"list the backups to see their names", null);
		}
		BackupLayout backup = layout(name);
		List<MetaFile> written = new ArrayList<>(MetaFile.writeOrder());
		written.add(0, MetaFile.DRAFT);
		for (int i = written.size() - 1; i >= 0; i--) {
			this.store.delete(List.of(backup.meta(written.get(i))));
		}
		return deleteRest(backup.directory());
	}

	/**
	 * Lists anew for each batch, since a store's listing may not like what is deleted
	 * meanwhile.
	 */
	private long deleteRest(ObjectPrefix directory) {
		long deleted = 0;
		List<ObjectKey> last = List.of();
		List<ObjectKey> batch = some(directory);
		while (!batch.isEmpty()) {
			if (batch.equals(last)) {
				throw new StorageException(StorageException.Kind.PERMANENT,
						"unable to delete '" + this.store.address() + "/" + batch.get(0) + "': it is still there",
						"look for a retention or object lock rule of the bucket", null);
			}
			this.store.delete(batch);
			deleted += batch.size();
			last = batch;
			batch = some(directory);
		}
		return deleted;
	}

	private List<ObjectKey> some(ObjectPrefix directory) {
		try (Stream<ObjectStat> objects = this.store.list(directory)) {
			return objects.limit(DELETE_BATCH).map(ObjectStat::key).toList();
		}
	}

	private BackupLayout layout(BackupName name) {
		return new BackupLayout(this.root, name);
	}

	private static Stream<String> name(String directory) {
		try {
			return Stream.of(new BackupName(directory).value());
		}
		catch (InvalidNameException ex) {
			return Stream.empty();
		}
	}

}
