package dev.milvusbackup.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;

/**
 * The request that made a backup, which the job leaves beside it, so that the same
 * command is recognised when the job repository is lost.
 */
final class RequestObject {

	private final ObjectStore store;

	private final ObjectKey key;

	RequestObject(ObjectStore store, BackupLayout layout) {
		this.store = store;
		this.key = layout.meta(MetaFile.REQUEST);
	}

	/**
	 * Empty when there is none.
	 */
	Optional<RequestFingerprint> read() {
		try (InputStream in = this.store.read(this.key)) {
			return Optional.of(RequestFingerprint.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
		}
		catch (ObjectNotFoundException ex) {
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new StorageException(StorageException.Kind.TRANSIENT,
					"unable to read '" + this.key + "' in '" + this.store.address() + "': " + ex.getMessage(),
					"run the same command again", ex);
		}
	}

}
