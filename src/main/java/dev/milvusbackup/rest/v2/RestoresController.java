package dev.milvusbackup.rest.v2;

import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.rest.RunStarter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;

import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Restores.
 */
@RestController
@RequestMapping("/api/v2/restores")
@Tag(name = "Restores")
class RestoresController {

	private final Runs runs;

	private final RunStarter starter;

	RestoresController(Runs runs, RunStarter starter) {
		this.runs = runs;
		this.starter = starter;
	}

	@PostMapping
	@Operation(summary = "Start a restore, or go on with an unfinished one of the same request",
			description = "202 with the run; 200 when the restore of this id is complete already")
	ResponseEntity<RunResource> create(@RequestBody NewRestore body) {
		return Started.answer(this.starter.restore(this.runs, body.request()), this.runs.lookUp());
	}

}
