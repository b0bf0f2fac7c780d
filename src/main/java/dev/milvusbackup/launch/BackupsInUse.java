package dev.milvusbackup.launch;

import java.time.Duration;
import java.util.Optional;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.ledger.LeaseOwner;
import dev.milvusbackup.ledger.Run;
import dev.milvusbackup.ledger.RunIdentity;
import dev.milvusbackup.ledger.RunLedger;
import dev.milvusbackup.ledger.RunState;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.retention.BackupGuard;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;

/**
 * What the job repository and the leases beside the backups know of their use.
 *
 * @param grace how long a restore that does not run may be resumed
 */
record BackupsInUse(Place place, RunLedger runs, RestoresInWork restores, RunControl control,
		Duration grace) implements BackupGuard {

	@Override
	public String flaw(BackupEntry backup) {
		Optional<Run> run = this.runs.latest(this.place.identity(backup.name()));
		boolean partial = run
			.filter((found) -> found.state() == RunState.PARTIAL && BackupStart.taskId(found).equals(backup.id()))
			.isPresent();
		return partial ? "some collections are missing" : "";
	}

	@Override
	public String use(BackupName backup) {
		Optional<LeaseOwner> worker = this.control.worker(this.place.identity(backup))
			.or(() -> this.place.lease(backup).liveOwner());
		return worker.map((owner) -> "in use by " + owner).orElseGet(() -> reader(backup));
	}

	@Override
	public String reader(BackupName backup) {
		return this.restores.user(this.place.identity(backup).place(), backup, this.grace);
	}

	@Override
	public Hold hold(BackupName backup) {
		HeldRun held = this.control.take(this.place.identity(backup), this.place.lease(backup));
		return new Hold() {
			@Override
			public boolean isLost() {
				return held.isLost();
			}

			@Override
			public void close() {
				held.close();
			}
		};
	}

	/**
	 * The backups below one root path.
	 */
	record Place(ObjectStore store, ObjectPrefix root) {

		RunIdentity identity(BackupName name) {
			return BackupService.identity(this.store, layout(name));
		}

		LeaseObject lease(BackupName name) {
			return new LeaseObject(this.store, layout(name));
		}

		private BackupLayout layout(BackupName name) {
			return new BackupLayout(this.root, name);
		}

	}

}
