package dev.milvusbackup.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

import dev.milvusbackup.backup.SourceException.Kind;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.PlannedCollection.State;
import dev.milvusbackup.ledger.SegmentLedger;
import dev.milvusbackup.manifest.ManifestCodec;
import dev.milvusbackup.milvus.MilvusCatalog;
import dev.milvusbackup.milvus.MilvusException;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Database;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Selects the collections, and plans those that are not planned yet. Executed again, it
 * goes on with what is missing.
 */
final class ReadMetadataTasklet implements Tasklet {

	private static final Logger logger = LoggerFactory.getLogger(ReadMetadataTasklet.class);

	private static final int MOST_NAMED = 20;

	private final BackupScope scope;

	private final MilvusCatalog catalog;

	private final SegmentLedger ledger;

	private final Planning planning;

	ReadMetadataTasklet(BackupScope scope, MilvusCatalog catalog, SegmentLedger ledger, Planning planning) {
		this.scope = scope;
		this.catalog = catalog;
		this.ledger = ledger;
		this.planning = planning;
	}

	@Override
	public RepeatStatus execute(StepContribution contribution, ChunkContext chunkContext) throws Exception {
		if (this.ledger.collections(this.scope.run()).isEmpty()) {
			this.ledger.putCollections(this.scope.run(), select());
		}
		lookAgain();
		this.planning.preparation().run();
		List<PlannedCollection> open = this.ledger.collections(this.scope.run())
			.stream()
			.filter((collection) -> collection.state() == State.DESCRIBED)
			.toList();
		if (!open.isEmpty()) {
			StepExecution step = contribution.getStepExecution();
			new CollectionLoop(this.scope.collectionConcurrency()).each(open, (collection) -> plan(collection, step));
			this.planning.draft().write();
		}
		contribution.incrementWriteCount(open.size());
		return RepeatStatus.FINISHED;
	}

	/**
	 * What an earlier execution skipped may be there again.
	 */
	private void lookAgain() {
		for (PlannedCollection collection : PlannedCollection.byName(this.ledger.collections(this.scope.run()))) {
			CollectionName name = CollectionName.parse(collection.name());
			if (collection.state() == State.SKIPPED && this.catalog.collections(name.database()).contains(name)) {
				this.ledger.putCollections(this.scope.run(), describe(name).stream().toList());
			}
		}
	}

	private List<PlannedCollection> select() {
		List<String> databases = this.catalog.databases().stream().map(Database::name).toList();
		TreeSet<CollectionName> there = databases.stream()
			.filter((database) -> this.scope.filter().selectsDatabase(database))
			.flatMap((database) -> this.catalog.collections(database).stream())
			.collect(Collectors.toCollection(TreeSet::new));
		requireNamed(databases, there);
		return there.stream()
			.filter((name) -> this.scope.filter().selects(name))
			.map(this::describe)
			.flatMap(Optional::stream)
			.toList();
	}

	/**
	 * Empty when the collection was dropped since it was listed: then it is as if the
	 * backup had begun a moment later.
	 */
	private Optional<PlannedCollection> describe(CollectionName name) {
		try {
			Collection collection = this.catalog.describe(name);
			if (collection.schema().external()) {
				leaveOutExternal(name);
				return Optional.empty();
			}
			return Optional.of(new PlannedCollection(collection.id(), name.toString(), ManifestCodec.toJson(collection),
					State.DESCRIBED, ""));
		}
		catch (MilvusException ex) {
			if (ex.kind() != MilvusException.Kind.NOT_FOUND || this.scope.filter().named().contains(name)) {
				throw ex;
			}
			logger.info("leaving out {}, which was just dropped", name);
			note("left out " + name + ", which was dropped while the backup began");
			return Optional.empty();
		}
	}

	/**
	 * As the Go tool does: there is nothing of it in Milvus that a backup could hold.
	 */
	private void leaveOutExternal(CollectionName name) {
		if (this.scope.filter().named().contains(name)) {
			throw new SourceException(Kind.PREFLIGHT,
					"unable to back up '" + name + "': it is an external collection, whose data is not in Milvus",
					"leave it out of the filter, and back up the place where its data is");
		}
		logger.warn("leaving out {}: it is an external collection, whose data is not in Milvus", name);
		note("left out " + name + ": it is an external collection, whose data is not in Milvus");
	}

	private void note(String note) {
		this.ledger.notes().add(this.scope.run(), note);
	}

	private void requireNamed(List<String> databases, TreeSet<CollectionName> there) {
		List<String> unknown = new ArrayList<>();
		this.scope.filter()
			.databases()
			.keySet()
			.stream()
			.filter((database) -> !databases.contains(database))
			.forEach((database) -> unknown.add("database " + database));
		this.scope.filter()
			.named()
			.stream()
			.filter((name) -> !there.contains(name))
			.forEach((name) -> unknown.add(name.toString()));
		if (!unknown.isEmpty()) {
			throw new SourceException(Kind.PREFLIGHT,
					"unable to back up '" + String.join("', '", unknown) + "': not in this Milvus",
					"databases there: " + some(databases) + "; collections in those selected: " + some(there));
		}
	}

	private static String some(java.util.Collection<?> names) {
		String first = names.stream().limit(MOST_NAMED).map(Object::toString).collect(Collectors.joining(", "));
		return first.isEmpty() ? "none" : first + ((names.size() > MOST_NAMED) ? ", ..." : "");
	}

	private void plan(PlannedCollection collection, StepExecution stepExecution) throws JobInterruptedException {
		if (stepExecution.isTerminateOnly()) {
			throw new JobInterruptedException("stopped while reading metadata");
		}
		try {
			long planned = this.planning.planner().plan(CollectionName.parse(collection.name()));
			if (planned != collection.collectionId()) {
				skip(collection, "it was dropped and created again meanwhile");
			}
		}
		catch (MilvusException ex) {
			if (ex.kind() != MilvusException.Kind.NOT_FOUND) {
				throw ex;
			}
			skip(collection, "it was dropped meanwhile");
		}
	}

	private void skip(PlannedCollection collection, String reason) {
		this.ledger.putCollections(this.scope.run(), List.of(new PlannedCollection(collection.collectionId(),
				collection.name(), collection.description(), State.SKIPPED, reason)));
	}

	/**
	 * What planning consists of, in this order.
	 */
	record Planning(Preparation preparation, CollectionPlanner planner, BackupDraft draft) {
	}

}
