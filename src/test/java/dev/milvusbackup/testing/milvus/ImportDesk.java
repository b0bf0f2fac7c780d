package dev.milvusbackup.testing.milvus;

import java.util.List;
import java.util.Map;

import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.testing.milvus.FakeImports.Job;
import org.jspecify.annotations.Nullable;

/**
 * Takes orders for imports, from whichever interface they come, and knows what became of
 * them.
 */
final class ImportDesk {

	private static final int INVALID = 1100;

	private static final int IMPORT_FAILED = 2100;

	private final FakeVersion version;

	private final FakeCatalogue catalogue;

	private final FakeImports imports;

	ImportDesk(FakeVersion version, FakeCatalogue catalogue, FakeImports imports) {
		this.version = version;
		this.catalogue = catalogue;
		this.imports = imports;
	}

	/**
	 * @throws Refusal as the server of that version words it
	 */
	long submit(CollectionName name, String partition, List<List<String>> files, Map<String, String> options) {
		FakeCollection collection = collection(name);
		ImportOrder order = new ImportOrder(collection, partition, files, options);
		requirePartition(order);
		if (files.stream().allMatch(List::isEmpty)) {
			throw new Refusal(INVALID, "import request is empty: invalid parameter");
		}
		if (!order.isBackup() && !(this.version.hasImportJobs() && order.isLevelZero())) {
			throw new Refusal(INVALID, "unsupported file type");
		}
		if (order.isLevelZero() && this.version.importsDeletesOnlyUnloaded()
				&& !collection.loadedPartitions.isEmpty()) {
			throw new Refusal(IMPORT_FAILED,
					"for l0 import, collection cannot be loaded, please release it first: importing data failed");
		}
		try {
			return this.imports.submit(order);
		}
		catch (IllegalStateException ex) {
			throw new Refusal(IMPORT_FAILED, ex.getMessage() + ": importing data failed");
		}
	}

	/**
	 * @throws Refusal when there is no such job
	 */
	Job job(long id) {
		Job job = this.imports.find(id);
		if (job == null) {
			throw new Refusal(IMPORT_FAILED, "import job does not exist, jobID=" + id + ": importing data failed");
		}
		return job;
	}

	/**
	 * @param name null for those of all collections
	 */
	List<Job> jobs(@Nullable CollectionName name) {
		return this.imports.of((name != null) ? collection(name) : null);
	}

	private FakeCollection collection(CollectionName name) {
		FakeCollection collection = this.catalogue.find(name);
		if (collection == null) {
			throw new Refusal(100, new Answers(this.version).collectionMissing(name).getReason());
		}
		return collection;
	}

	private void requirePartition(ImportOrder order) {
		if (order.partition().isEmpty() && this.version.hasImportJobs()) {
			if (order.isLevelZero() && !order.isBackup()) {
				return;
			}
			throw new Refusal(INVALID, "partition not specified: invalid parameter");
		}
		if (!order.collection().partitions.containsKey(order.partition())) {
			throw new Refusal(200,
					new Answers(this.version).partitionMissing(order.collection().name().name(), order.partition())
						.getReason());
		}
	}

}
