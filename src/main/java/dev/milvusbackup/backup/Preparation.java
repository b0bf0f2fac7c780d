package dev.milvusbackup.backup;

import java.util.List;

import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.manifest.ManifestCodec;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.ClusterState.FlushPositions;

/**
 * What is done to the source before the first collection is planned. What it found goes
 * into the ledger and is kept: collections that are planned later hold at least what the
 * positions promise, so that a replication that begins there loses nothing.
 */
final class Preparation {

	private final BackupScope scope;

	private final Milvus milvus;

	private final SegmentLedger ledger;

	private final GcPause pause;

	Preparation(BackupScope scope, Milvus milvus, SegmentLedger ledger, GcPause pause) {
		this.scope = scope;
		this.milvus = milvus;
		this.ledger = ledger;
		this.pause = pause;
	}

	/**
	 * Idempotent: what an earlier execution recorded is not done again.
	 */
	void run() {
		List<PlannedCollection> collections = this.ledger.collections(this.scope.run());
		if (this.scope.pauseGc() && !this.scope.metaOnly()) {
			this.pause.hold(collections.stream().map(PlannedCollection::collectionId).toList());
		}
		boolean open = collections.stream()
			.anyMatch((collection) -> collection.state() == PlannedCollection.State.DESCRIBED);
		if (open && this.ledger.source(this.scope.run()).isEmpty()) {
			this.ledger.putSource(this.scope.run(), ManifestCodec.toJson(state()));
		}
	}

	private ClusterState state() {
		ClusterState.RpcChannel channel = this.milvus.cluster().rpcChannel(this.scope.rpcChannel()).orElse(null);
		FlushPositions flush = (this.scope.flush() == FlushMode.ALL)
				? this.milvus.cluster().flushAll(this.scope.flushLimit()) : FlushPositions.NONE;
		return new ClusterState(null, channel, flush);
	}

}
