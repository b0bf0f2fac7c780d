package dev.milvusbackup.launch;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.ledger.LeaseOwner;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.model.BackupName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes a backup that nobody of this job repository works on or reads. Thread-safe.
 */
final class BackupDeletion {

	private static final Logger logger = LoggerFactory.getLogger(BackupDeletion.class);

	private final Connections connections;

	private final RestoresInWork restores;

	private final RunControl control;

	BackupDeletion(Connections connections, RestoresInWork restores, RunControl control) {
		this.connections = connections;
		this.restores = restores;
		this.control = control;
	}

	/**
	 * See {@link Runs#delete}.
	 */
	void delete(BackupName name) {
		Settings settings = this.connections.settings();
		this.control.during(() -> {
			try (BackupDirectory directory = BackupDirectory.open(this.connections.stores(),
					settings.backupStorage())) {
				delete(directory, name);
				return name;
			}
		});
	}

	private void delete(BackupDirectory directory, BackupName name) {
		RunIdentity identity = directory.identity(name);
		this.control.worker(identity).ifPresent((owner) -> {
			throw inUse(name, owner + " works on it");
		});
		// so that no run of it begins meanwhile
		try (HeldRun held = this.control.hold(identity, null)) {
			this.restores.reader(identity.place(), name).map(LeaseOwner::toString).ifPresent((owner) -> {
				throw inUse(name, owner + " restores it");
			});
			if (!held.isLost()) {
				directory.delete(name);
			}
		}
		long waiting = this.restores.unfinished(identity.place(), name);
		if (waiting > 0) {
			logger.warn("{} unfinished restores of backup {} cannot be gone on with any more", waiting, name);
		}
	}

	private static LaunchException inUse(BackupName name, String how) {
		return new LaunchException(ExitCode.RUNNING, "unable to delete backup '" + name + "': " + how,
				"wait until it has ended, or stop it: stop -n " + name);
	}

}
