package dev.milvusbackup.rest.v2;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunPhase;
import dev.milvusbackup.ledger.CopyProgress;
import dev.milvusbackup.ledger.StepStatus;
import org.jspecify.annotations.Nullable;

/**
 * A run.
 *
 * @param kind backup, restore, verify or expire
 * @param phase running, complete, partial, damaged, failed, stopped, interrupted or
 * abandoned
 * @param execution id of its last job execution in the job repository, 0 before the first
 * @param status of its last job execution, as Spring Batch names it
 * @param step the current or last one, empty before the first
 * @param percent of the bytes, or of the objects where Milvus copies; 100 when complete
 * @param ended null while it runs, or when its process died
 * @param seconds that the last execution took so far
 * @param restarts executions before the last one
 * @param message why it ended so, else empty
 * @param notes what a person should know of it, however it ended: what was left out, what
 * went otherwise; empty in a list
 * @param steps empty in a list
 * @param collections empty in a list
 */
record RunResource(long id, String kind, String backup, String phase, long execution, String status, String step,
		int percent, Progress progress, Instant started, @Nullable Instant ended, long seconds, int restarts,
		String message, List<String> notes, List<Step> steps, List<Collection> collections) {

	static RunResource of(RunDetail run) {
		Instant end = (run.ended() != null) ? run.ended() : Instant.now();
		return new RunResource(run.run().id(), lower(run.run().identity().kind()), run.run().backup(),
				lower(run.phase()), run.execution(), run.status(), run.step(), percent(run),
				Progress.of(run.progress()), run.started(), run.ended(),
				Math.max(0, Duration.between(run.started(), end).toSeconds()), run.restarts(), run.message(),
				run.notes(), run.steps().stream().map(Step::of).toList(),
				run.collections().stream().map(Collection::of).toList());
	}

	private static int percent(RunDetail run) {
		return (run.phase() == RunPhase.COMPLETE) ? 100 : run.progress().percent();
	}

	static String lower(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	/**
	 * How far it is; all 0 before the plan. Where Milvus copies snapshots itself a
	 * collection is a segment, and totals are 0 until it has told them. Of a restore, an
	 * import counts as a segment and as an object.
	 */
	record Progress(long segments, @JsonProperty("segments_done") long segmentsDone, long objects,
			@JsonProperty("objects_done") long objectsDone, long bytes, @JsonProperty("bytes_done") long bytesDone) {

		static Progress of(CopyProgress copy) {
			return new Progress(copy.segments(), copy.segmentsDone(), copy.objects(), copy.objectsDone(), copy.bytes(),
					copy.bytesDone());
		}

	}

	/**
	 * A step of the last execution.
	 */
	record Step(String name, String status, @Nullable Instant started, @Nullable Instant ended, String message) {

		static Step of(StepStatus step) {
			return new Step(step.name(), step.status(), step.started(), step.ended(), step.message());
		}

	}

	/**
	 * A collection of the run.
	 *
	 * @param name {@code database.collection}, of a restore the target
	 * @param state described, planned, failed or skipped
	 * @param reason why it failed or was skipped, else empty
	 * @param note what a person should know of it nevertheless, else empty
	 * @param imports of a restore, null for a backup or before the plan
	 */
	record Collection(String name, String state, String reason, String note, @Nullable Progress imports) {

		static Collection of(RunDetail.CollectionDetail detail) {
			return new Collection(detail.collection().name(), lower(detail.collection().state()),
					detail.collection().reason(), detail.note(),
					(detail.progress() != null) ? Progress.of(detail.progress()) : null);
		}

	}

}
