package dev.milvusbackup.launch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.milvus.GarbageCollection;
import dev.milvusbackup.milvus.MilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectCopiers;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreConnector;

/**
 * Tries everything that a backup needs, with the settings that a backup would use:
 * Milvus, both storages, a copy from one to the other, the garbage collection pause.
 * Leaves nothing behind, but creates a missing backup bucket.
 */
public final class CheckService {

	private static final byte[] CONTENT = "1".getBytes(StandardCharsets.US_ASCII);

	private final StoreConnector stores;

	private final MilvusConnector milvus;

	public CheckService(StoreConnector stores, MilvusConnector milvus) {
		this.stores = stores;
		this.milvus = milvus;
	}

	/**
	 * Checks; what certainly prevents a backup is thrown as the error that the backup
	 * would end with.
	 */
	public CheckReport check(Settings settings) {
		List<String> warnings = new ArrayList<>();
		String version;
		try (Milvus connection = this.milvus.connect(settings.milvus())) {
			version = connection.catalog().version();
			if (settings.backup().pauseGc()) {
				checkGarbageCollection(connection, settings, warnings);
			}
		}
		try (ObjectStore source = this.stores.open(settings.milvusStorage());
				ObjectStore target = this.stores.openOrCreate(settings.backupStorage())) {
			checkRootPath(source, settings.milvusStorage(), warnings);
			target.directories(settings.backupStorage().keyRoot());
			checkCopy(source, target, settings);
		}
		return new CheckReport(version, warnings);
	}

	// the shortest pause there is; a longer one that another backup holds stays
	private static void checkGarbageCollection(Milvus connection, Settings settings, List<String> warnings) {
		try {
			connection.garbageCollection().pause(GarbageCollection.ALL_COLLECTIONS, Duration.ofSeconds(1));
		}
		catch (MilvusException ex) {
			warnings.add("Garbage collection cannot be paused: " + ex.getMessage()
					+ "\nSegments that Milvus compacts while they are copied may vanish. Check milvus.management.endpoint ("
					+ settings.milvus().managementEndpoint() + "), or set backup.pauseGC to false.");
		}
	}

	private static void checkRootPath(ObjectStore store, StorageProperties properties, List<String> warnings) {
		ObjectPrefix root = properties.keyRoot();
		try (Stream<ObjectStat> objects = store.list(root)) {
			if (objects.findFirst().isPresent()) {
				return;
			}
		}
		String warning = "The Milvus root path is empty: there is no object in '" + store.address() + "/" + root
				+ "'.\nIf this Milvus holds data, milvus.storage.bucketName or milvus.storage.rootPath is wrong.";
		List<String> neighbours = store.directories(parent(root));
		warnings.add(neighbours.isEmpty() ? warning
				: warning + "\nDirectories that exist there: " + String.join(", ", neighbours) + ".");
	}

	private static ObjectPrefix parent(ObjectPrefix prefix) {
		String path = prefix.value().replaceAll("/$", "");
		return ObjectPrefix.of(path.substring(0, Math.max(0, path.lastIndexOf('/'))));
	}

	private static void checkCopy(ObjectStore source, ObjectStore target, Settings settings) {
		String id = UUID.randomUUID().toString();
		ObjectKey from = settings.milvusStorage().keyRoot().key("milvus_backup_check_src_" + id);
		ObjectKey to = settings.backupStorage().keyRoot().key("milvus_backup_check_dst_" + id);
		try {
			ObjectStat written = source.write(from, ObjectContent.of(CONTENT));
			ObjectCopiers.between(source, target, settings.transferMode()).copy(written, to);
			if (target.stat(to).filter((copy) -> copy.bytes() == CONTENT.length).isEmpty()) {
				throw new StorageException(StorageException.Kind.PERMANENT,
						"unable to copy '" + from + "' to '" + target.address() + "/" + to + "': the copy is not there",
						"set transfer.mode to streaming", null);
			}
		}
		finally {
			source.delete(List.of(from));
			target.delete(List.of(to));
		}
	}

}
