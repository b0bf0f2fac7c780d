package dev.milvusbackup.rest.v1;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunDetail.CollectionDetail;
import dev.milvusbackup.launch.RunLookUp;
import dev.milvusbackup.launch.RunPhase;
import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.PlannedCollection;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.model.CollectionName;
import org.jspecify.annotations.Nullable;

/**
 * Restores as {@code get_restore} shows them, all from the job repository. Thread-safe.
 */
final class RestoreTasks {

	/** How a run is called that no client has named. */
	private static final String UNNAMED = "run_";

	private final RunLookUp lookUp;

	RestoreTasks(RunLookUp lookUp) {
		this.lookUp = lookUp;
	}

	/**
	 * By the id of the task, or {@code run_} and the run's own id.
	 */
	Optional<RunDetail> find(String id) {
		return this.lookUp.named(RunKind.RESTORE, id).or(() -> unnamed(id));
	}

	/**
	 * The newest restore of a backup.
	 */
	Optional<RunDetail> newest(String backup) {
		return this.lookUp.newest(RunKind.RESTORE, backup);
	}

	private Optional<RunDetail> unnamed(String id) {
		return id.matches(UNNAMED + "\\d{1,18}") ? this.lookUp.find(Long.parseLong(id.substring(UNNAMED.length())))
			.filter((run) -> run.run().identity().kind() == RunKind.RESTORE) : Optional.empty();
	}

	String id(RunDetail run) {
		List<String> names = this.lookUp.names(run.run().id());
		return names.isEmpty() ? UNNAMED + run.run().id() : names.get(0);
	}

	/**
	 * @param id as the client knows it
	 */
	static Map<String, @Nullable Object> data(String id, RunDetail run) {
		return TaskState.of(run)
			.object(id)
			.put("collection_restore_tasks",
					run.collections().stream().map((collection) -> collection(run, collection)).toList())
			.put("restored_size", run.progress().bytesDone())
			.put("to_restore_size", run.progress().bytes())
			.fields();
	}

	private static Map<String, @Nullable Object> collection(RunDetail run, CollectionDetail detail) {
		PlannedCollection collection = detail.collection();
		CollectionName target = CollectionName.parse(collection.name());
		CopyProgress progress = detail.progress();
		RunPhase phase = phase(run, collection, progress);
		return TaskState.of(run, phase, collection.reason().isEmpty() ? run.message() : collection.reason(), progress)
			.object("")
			.put("target_db_name", target.database())
			.put("target_collection_name", target.name())
			.fields();
	}

	private static RunPhase phase(RunDetail run, PlannedCollection collection, @Nullable CopyProgress progress) {
		boolean out = collection.state() == PlannedCollection.State.FAILED
				|| collection.state() == PlannedCollection.State.SKIPPED;
		boolean imported = progress != null && progress.segments() == progress.segmentsDone();
		if (out) {
			return RunPhase.FAILED;
		}
		boolean done = run.phase() == RunPhase.PARTIAL || imported && run.phase() != RunPhase.RUNNING;
		return done ? RunPhase.COMPLETE : run.phase();
	}

}
