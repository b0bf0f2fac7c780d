package dev.milvusbackup.launch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.ledger.LeaseOwner;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says in the backup's own directory who works on it, for processes that share no job
 * repository. Advisory: the store has no locks, so two hosts that start within the same
 * second are told apart only by a job repository that they share.
 */
final class LeaseObject {

	/** A heartbeat older than this is taken for a dead owner. */
	static final Duration EXPIRY = Duration.ofSeconds(60);

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private final ObjectStore store;

	private final ObjectKey key;

	LeaseObject(ObjectStore store, BackupLayout layout) {
		this.store = store;
		this.key = layout.meta(MetaFile.LEASE);
	}

	/**
	 * The owner that may be at work; empty when there is none, or it is gone.
	 */
	Optional<LeaseOwner> liveOwner() {
		Instant oldest = Instant.now().minus(EXPIRY);
		return read().filter((lease) -> lease.isRenewedSince(oldest))
			.map(Lease::owner)
			.filter((owner) -> !owner.isGone());
	}

	/**
	 * Writes or renews the lease.
	 */
	void write(LeaseOwner owner) {
		Lease lease = new Lease(owner, Instant.now().toString());
		this.store.write(this.key, ObjectContent.of(JSON.writeValueAsBytes(lease)));
	}

	void delete() {
		this.store.delete(List.of(this.key));
	}

	private Optional<Lease> read() {
		try (InputStream in = this.store.read(this.key)) {
			return Optional.of(JSON.readValue(in.readAllBytes(), Lease.class));
		}
		catch (ObjectNotFoundException | JacksonException ex) {
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new StorageException(StorageException.Kind.TRANSIENT,
					"unable to read '" + this.key + "' in '" + this.store.address() + "': " + ex.getMessage(),
					"run the same command again", ex);
		}
	}

	/**
	 * The content of the object.
	 *
	 * @param heartbeat ISO instant of the last renewal
	 */
	private record Lease(@Nullable LeaseOwner owner, @Nullable String heartbeat) {

		/** Nobody renews what cannot be read. */
		boolean isRenewedSince(Instant oldest) {
			try {
				return this.owner != null && this.heartbeat != null && Instant.parse(this.heartbeat).isAfter(oldest);
			}
			catch (DateTimeParseException ex) {
				return false;
			}
		}

	}

}
