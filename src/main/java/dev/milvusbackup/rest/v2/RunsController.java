package dev.milvusbackup.rest.v2;

import java.util.List;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunLookUp;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.rest.RunActions;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Runs of this and other processes that use the same job repository.
 */
@RestController
@RequestMapping("/api/v2/runs")
@Tag(name = "Runs")
class RunsController {

	private static final int MOST = 1000;

	private final RunLookUp lookUp;

	private final RunEvents events;

	private final RunActions actions;

	RunsController(Runs runs, RunEvents events, RunActions actions) {
		this.lookUp = runs.lookUp();
		this.events = events;
		this.actions = actions;
	}

	@GetMapping
	@Operation(summary = "The newest runs first, without their steps and collections")
	RunList list(@RequestParam(name = "limit", defaultValue = "50") int limit,
			@RequestParam(name = "kind", defaultValue = "") String kind,
			@RequestParam(name = "backup", defaultValue = "") String backup,
			@RequestParam(name = "phase", defaultValue = "") String phase) {
		int most = Math.max(1, Math.min(MOST, limit));
		return new RunList(this.lookUp.recent(most)
			.stream()
			.map(RunResource::of)
			.filter((run) -> kind.isEmpty() || kind.equals(run.kind()))
			.filter((run) -> backup.isEmpty() || backup.equals(run.backup()))
			.filter((run) -> phase.isEmpty() || phase.equals(run.phase()))
			.toList());
	}

	@GetMapping("/{id}")
	@Operation(summary = "A run with its steps and collections")
	RunResource get(@PathVariable("id") long id) {
		return RunResource.of(find(id));
	}

	@GetMapping(path = "/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@Operation(summary = "The run, again whenever it has changed, until it ends (server-sent events)")
	SseEmitter events(@PathVariable("id") long id) {
		return this.events.follow(find(id));
	}

	@PostMapping("/{id}/stop")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Tell the run to stop with its next segment; it can be gone on with")
	RunResource stop(@PathVariable("id") long id) {
		return RunResource.of(this.actions.stop(id));
	}

	@PostMapping("/{id}/restart")
	@Operation(summary = "Go on with a run that ended before it was complete")
	ResponseEntity<RunResource> restart(@PathVariable("id") long id) {
		return Started.answer(this.actions.restart(id), this.lookUp);
	}

	private RunDetail find(long id) {
		return this.lookUp.find(id)
			.orElseThrow(() -> new LaunchException(ExitCode.NOT_FOUND,
					"unable to find run '" + id + "': it is not in this job repository",
					"list the runs to see their ids"));
	}

	/**
	 * Several runs.
	 */
	record RunList(List<RunResource> runs) {
	}

}
