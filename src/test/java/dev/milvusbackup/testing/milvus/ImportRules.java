package dev.milvusbackup.testing.milvus;

import java.util.List;

import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.testing.milvus.FakeImports.Job;
import dev.milvusbackup.testing.milvus.FakeImports.LoadedSegment;

/**
 * How servers of some versions read what is to be imported.
 */
interface ImportRules {

	/**
	 * Looks at the paths when the import is asked for.
	 * @return the segments that are found there
	 * @throws IllegalStateException when nothing can come of it
	 */
	List<Found> find(ImportOrder order);

	/**
	 * Does the job.
	 * @throws IllegalStateException why it fails, and nothing has been loaded
	 */
	List<LoadedSegment> load(Job job);

	/**
	 * A segment to be imported.
	 *
	 * @param paths of its insert logs and, if it has any, of its delta logs
	 */
	record Found(List<String> paths) {

		String inserts() {
			return this.paths.get(0);
		}

		List<ObjectStat> deletes(ServerPaths files) {
			return (this.paths.size() > 1) ? files.objects(this.paths.get(1)) : List.of();
		}

	}

}
