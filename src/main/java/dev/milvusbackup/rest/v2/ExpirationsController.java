package dev.milvusbackup.rest.v2;

import java.net.URI;
import java.time.Instant;
import java.util.List;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.ExpireReport;
import dev.milvusbackup.launch.ExpireRequest;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.ProgressListener;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.ledger.PlannedExpiry;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.rest.RunStarter;
import dev.milvusbackup.rest.StartedRun;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Backups that are old enough to go.
 */
@RestController
@RequestMapping("/api/v2/expirations")
@Tag(name = "Expirations")
class ExpirationsController {

	private final Runs runs;

	private final RunStarter starter;

	ExpirationsController(Runs runs, RunStarter starter) {
		this.runs = runs;
		this.starter = starter;
	}

	@PostMapping
	@Operation(summary = "Tell which backups no rule keeps; with apply, delete them as a run",
			description = "The newest good backup, those in use and damaged ones stay in any case")
	@ApiResponse(responseCode = "200", description = "what would go; nothing was deleted",
			content = @Content(schema = @Schema(implementation = Expiration.class)))
	@ApiResponse(responseCode = "202", description = "the run that deletes",
			content = @Content(schema = @Schema(implementation = RunResource.class)))
	ResponseEntity<Object> expire(@RequestBody NewExpiration body) {
		ExpireRequest request = body.request();
		if (!request.apply()) {
			return ResponseEntity.ok(Expiration.of(this.runs.expire(request, ProgressListener.NONE)));
		}
		StartedRun started = this.starter.start((listener) -> this.runs.expire(request, listener).summary(""));
		long id = started.id();
		return ResponseEntity.accepted()
			.location(URI.create("/api/v2/runs/" + id))
			.body(RunResource.of(this.runs.lookUp().find(id).orElseThrow()));
	}

	@GetMapping("/{run}")
	@Operation(summary = "The backups that a run deletes or has deleted, in its order")
	Deletions deletions(@PathVariable("run") long run) {
		List<PlannedExpiry> backups = this.runs.lookUp()
			.expiry(run)
			.orElseThrow(() -> new LaunchException(ExitCode.NOT_FOUND,
					"unable to find expiration '" + run + "': there is no such run that deletes backups",
					"list the runs of kind expire to see their ids"));
		return new Deletions(run, backups.stream().map(Deletion::of).toList());
	}

	/**
	 * What would go.
	 */
	record Expiration(List<Candidate> backups) {

		static Expiration of(ExpireReport report) {
			return new Expiration(report.backups().stream().map(Candidate::of).toList());
		}

	}

	/**
	 * A backup.
	 *
	 * @param state complete, incomplete or damaged
	 * @param reasons why it goes or stays
	 */
	record Candidate(String name, String state, Instant time, long bytes, boolean expires, List<String> reasons) {

		static Candidate of(ExpireReport.Outcome outcome) {
			BackupEntry entry = outcome.verdict().backup().entry();
			return new Candidate(entry.name().value(), RunResource.lower(entry.state()),
					outcome.verdict().backup().time(), entry.bytes(), outcome.verdict().expires(),
					outcome.verdict().reasons());
		}

	}

	/**
	 * The backups of a run.
	 */
	record Deletions(long run, List<Deletion> backups) {
	}

	/**
	 * A backup that a run deletes.
	 *
	 * @param objects deleted so far
	 * @param problem why it could not be deleted, else empty
	 */
	record Deletion(String name, Instant time, long bytes, String reasons, boolean deleted, long objects,
			String problem) {

		static Deletion of(PlannedExpiry backup) {
			return new Deletion(backup.backup(), backup.time(), backup.bytes(), backup.reasons(), backup.deleted(),
					backup.objects(), backup.problem());
		}

	}

}
