package dev.milvusbackup.rest.v2;

import java.net.URI;

import dev.milvusbackup.launch.RunLookUp;
import dev.milvusbackup.rest.StartedRun;

import org.springframework.http.ResponseEntity;

/**
 * The answer to a request that starts a run.
 */
final class Started {

	private Started() {
	}

	static ResponseEntity<RunResource> answer(StartedRun started, RunLookUp lookUp) {
		long id = started.id();
		RunResource run = RunResource.of(lookUp.find(id).orElseThrow());
		URI location = URI.create("/api/v2/runs/" + id);
		return started.wasComplete() ? ResponseEntity.ok().location(location).body(run)
				: ResponseEntity.accepted().location(location).body(run);
	}

}
