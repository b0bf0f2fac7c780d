package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.ledger.TargetProgress.Creation;
import dev.milvusbackup.milvus.MilvusCatalog.PersistentSegment;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Partition;

/**
 * Creates one target with its partitions and aliases. Can be executed again after a kill
 * at any point: the intent is in the ledger before the call, so that an empty collection
 * of the wanted fields is known to be the run's own.
 */
final class CollectionCreator {

	private final Milvus milvus;

	private final RestoreTargets targets;

	private final RestorePlanRequest.Options options;

	/** Moved at the end, so that nobody finds half a collection by its alias. */
	private final boolean moveAliases;

	CollectionCreator(RestoreRun run, RestoreTargets targets) {
		this.milvus = run.milvus();
		this.targets = targets;
		this.options = run.request().options();
		this.moveAliases = run.request().details().wishes().moveAliases();
	}

	void create(RestoreTarget target) {
		Creation creation = target.progress().creation();
		if (creation == Creation.CREATED || creation == Creation.EXISTING) {
			return;
		}
		if (this.options.skipCreateCollection()) {
			createPartitions(target);
			this.targets.created(target, Creation.EXISTING);
			return;
		}
		if (this.options.dropExistCollection()) {
			this.milvus.schema().dropCollection(target.name());
		}
		if (creation == Creation.NONE || !isOwn(target)) {
			createCollection(target);
		}
		createPartitions(target);
		if (!this.moveAliases) {
			createAliases(target);
		}
		this.targets.created(target, Creation.CREATED);
	}

	private void createCollection(RestoreTarget target) {
		this.targets.created(target, Creation.CREATING);
		try {
			this.milvus.schema().createCollection(target.collection());
		}
		catch (MilvusException ex) {
			if (ex.kind() == MilvusException.Kind.REFUSED) {
				this.targets.created(target, Creation.NONE);
			}
			if (ex.kind() != MilvusException.Kind.UNKNOWN_OUTCOME || !isOwn(target)) {
				throw ex;
			}
		}
	}

	/**
	 * Whether the collection was created by this run before it was killed, or by the call
	 * whose answer was lost.
	 */
	private boolean isOwn(RestoreTarget target) {
		CollectionName name = target.name();
		if (!this.milvus.schema().collectionExists(name)) {
			return false;
		}
		long rows = this.milvus.catalog().segments(name).stream().mapToLong(PersistentSegment::rows).sum();
		return rows == 0 && Preflight.difference(target.collection(), this.milvus.catalog().describe(name)).isEmpty();
	}

	private void createPartitions(RestoreTarget target) {
		for (Partition partition : target.collection().partitions()) {
			this.milvus.schema().createPartition(target.name(), partition.name());
		}
	}

	/**
	 * Notes those that point elsewhere. Repeatable.
	 */
	void createAliases(RestoreTarget target) {
		List<String> skipped = new ArrayList<>();
		for (String alias : target.collection().aliases()) {
			try {
				this.milvus.schema().createAlias(target.name(), alias);
			}
			catch (MilvusException ex) {
				if (!TargetLoop.concernsTargetOnly(ex)) {
					throw ex;
				}
				skipped.add(ex.getMessage());
			}
		}
		if (!skipped.isEmpty()) {
			this.targets.note(target, String.join("; ", skipped));
		}
	}

}
