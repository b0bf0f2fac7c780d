package dev.milvusbackup.launch;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.ObjectStore;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says in the backup's own directory who works on it, for processes that share no job
 * repository. Advisory: the store has no locks, so two hosts that start within the same
 * second are told apart only by the job repository that they share.
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
	 * The owner that the object names, alive or not; empty when there is none or it
	 * cannot be understood.
	 */
	Optional<Owner> owner() {
		try (InputStream in = this.store.read(this.key)) {
			return Optional.of(JSON.readValue(in.readAllBytes(), Owner.class));
		}
		catch (ObjectNotFoundException | JacksonException | IOException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Writes or renews the lease.
	 */
	void write(Owner owner) {
		this.store.write(this.key, ObjectContent.of(JSON.writeValueAsBytes(owner)));
	}

	void delete() {
		this.store.delete(List.of(this.key));
	}

	/**
	 * Who holds the lease.
	 *
	 * @param id of the process's run
	 * @param processStart ISO instant, with host and pid the identity of the process
	 * @param heartbeat ISO instant of the last renewal
	 */
	record Owner(String id, String host, long pid, String processStart, String heartbeat) {

		Owner renewed(Instant now) {
			return new Owner(this.id, this.host, this.pid, this.processStart, now.toString());
		}

		/**
		 * Whether the owner may still work: on this host by its process, on another by
		 * its heartbeat.
		 */
		boolean isAlive(String thisHost, Instant now) {
			if (this.host.equals(thisHost)) {
				return ProcessHandle.of(this.pid)
					.flatMap((process) -> process.info().startInstant())
					.map((start) -> start.toString().equals(this.processStart))
					.orElse(false);
			}
			return Instant.parse(this.heartbeat).plus(EXPIRY).isAfter(now);
		}

	}

}
