package dev.milvusbackup.manifest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.model.InvalidNameException;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;

/**
 * The backups below one root path. Does not judge whether a run works on one of them.
 * Thread-safe. Besides {@link ManifestException} every method throws
 * {@link StorageException}.
 */
public final class BackupCatalog {

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
	 * The backups whose names begin so, with their age, in no order. Lists all objects of
	 * those that are not complete, and reads one more file of the others.
	 */
	public List<DatedBackup> dated(String start) {
		BackupDates dates = new BackupDates(this.store);
		List<Callable<Optional<DatedBackup>>> lookUps = list().stream()
			.filter((entry) -> entry.name().value().startsWith(start))
			.map((entry) -> (Callable<Optional<DatedBackup>>) () -> dates.date(layout(entry.name()), entry))
			.toList();
		return new LookUps(this.store.address() + "/" + this.root).run(lookUps)
			.stream()
			.flatMap(Optional::stream)
			.toList();
	}

	/**
	 * As {@link #delete}, but what a kill or a stop leaves can be told from a backup that
	 * was never finished ({@link DatedBackup#deleting}). Leaves the lease to its owner.
	 * @return whether all of it is gone, not when it was stopped
	 */
	public boolean expire(BackupName name, DeletionProgress progress) {
		BackupLayout backup = layout(name);
		ObjectKey mark = backup.meta(MetaFile.EXPIRED);
		this.store.write(mark, ObjectContent.of(new byte[] { '{', '}' }));
		boolean gone = delete(name, Set.of(mark, backup.meta(MetaFile.LEASE)), progress);
		if (gone) {
			this.store.delete(List.of(mark));
		}
		return gone;
	}

	/**
	 * Removes everything of a backup in any state: first the existence marker, then the
	 * other files that describe it in the reverse order of writing, then its objects.
	 * What a kill leaves is incomplete and can be deleted again.
	 * @throws ManifestException of kind NOT_FOUND when there is nothing of it
	 */
	public void delete(BackupName name) {
		delete(name, Set.of(), DeletionProgress.NONE);
	}

	private boolean delete(BackupName name, Set<ObjectKey> kept, DeletionProgress progress) {
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
		return new ObjectDeletion(this.store, backup.directory(), kept, progress).delete();
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
