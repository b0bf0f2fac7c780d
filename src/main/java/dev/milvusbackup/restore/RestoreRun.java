package dev.milvusbackup.restore;

import dev.milvusbackup.config.Settings.RestoreSettings;
import dev.milvusbackup.ledger.ImportLedger;
import dev.milvusbackup.ledger.ImportQueue;
import dev.milvusbackup.ledger.LedgerDatabase;
import dev.milvusbackup.ledger.RestoreTargetLedger;
import dev.milvusbackup.ledger.SegmentIntake;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;

/**
 * What one restore run works with; none of it is closed by the restore.
 *
 * @param id of the run in the ledger
 * @param milvusName names the target server in messages
 */
public record RestoreRun(long id, RestorePlanRequest request, RestorePlaces places, Milvus milvus, String milvusName,
		Ledgers ledgers, RestoreSettings settings) {

	RestoreTargets targets() {
		return new RestoreTargets(this.id, this.ledgers.segments(), this.ledgers.targets());
	}

	ImportPaths paths() {
		return new ImportPaths(this.places, this.request.taskId());
	}

	/**
	 * What is planned and done.
	 *
	 * @param segments the collections, and the segments where they have to be staged
	 */
	public record Ledgers(SegmentLedger segments, SegmentIntake intake, ImportLedger imports, ImportQueue queue,
			RestoreTargetLedger targets) {

		public Ledgers(LedgerDatabase database) {
			this(new SegmentLedger(database), new SegmentIntake(database), new ImportLedger(database),
					new ImportQueue(database), new RestoreTargetLedger(database));
		}

	}

}
