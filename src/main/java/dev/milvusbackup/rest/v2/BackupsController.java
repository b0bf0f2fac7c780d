package dev.milvusbackup.rest.v2;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.ledger.VerificationLedger.Verified;
import dev.milvusbackup.ledger.VerifyProgress.FoundProblem;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.rest.Backups;
import dev.milvusbackup.rest.RunStarter;
import dev.milvusbackup.rest.Verifications;
import dev.milvusbackup.rest.Verifications.Verification;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * Backups below the backup root path.
 */
@RestController
@RequestMapping("/api/v2/backups")
@Tag(name = "Backups")
class BackupsController {

	private final Runs runs;

	private final RunStarter starter;

	private final Backups backups;

	private final Verifications verifications;

	BackupsController(Runs runs, RunStarter starter, Backups backups, Verifications verifications) {
		this.runs = runs;
		this.starter = starter;
		this.backups = backups;
		this.verifications = verifications;
	}

	@GetMapping
	@Operation(summary = "All backups, unfinished and damaged ones included")
	BackupList list() {
		Map<String, Verified> verified = this.backups.verified();
		return new BackupList(this.backups.list()
			.stream()
			.map((entry) -> BackupResource.of(entry, verified.get(entry.id()), null))
			.toList());
	}

	@GetMapping("/{name}")
	@Operation(summary = "A backup, with its description if it is complete")
	BackupResource get(@PathVariable("name") String name) {
		BackupName backup = new BackupName(name);
		BackupEntry entry = this.backups.find(backup, "").orElseThrow(() -> absent(backup));
		String description = (entry.state() == BackupEntry.State.COMPLETE) ? this.backups.brief(backup, "") : null;
		return BackupResource.of(entry, this.backups.verified().get(entry.id()), description);
	}

	@PostMapping
	@Operation(summary = "Start a backup, or go on with an unfinished one of the same request",
			description = "202 with the run; 200 when the same request has made the backup already")
	ResponseEntity<RunResource> create(@RequestBody NewBackup body) {
		return Started.answer(this.starter.create(this.runs, body.request()), this.runs.lookUp());
	}

	@DeleteMapping("/{name}")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Delete a backup, or what there is of an unfinished one")
	void delete(@PathVariable("name") String name) {
		this.backups.delete(new BackupName(name));
	}

	@PostMapping("/{name}/verifications")
	@ResponseStatus(HttpStatus.ACCEPTED)
	@Operation(summary = "Start to compare the backup with its description, or go on with an unfinished verification")
	VerificationResource verify(@PathVariable("name") String name,
			@RequestBody(required = false) @Nullable Depth depth) {
		return VerificationResource.of(this.verifications.start(new BackupName(name), depth != null && depth.deep()));
	}

	@GetMapping("/{name}/verifications/last")
	@Operation(summary = "The last verification that was started, also one of the command line")
	VerificationResource verification(@PathVariable("name") String name) {
		BackupName backup = new BackupName(name);
		return VerificationResource.of(this.verifications.last(backup)
			.orElseThrow(() -> new LaunchException(ExitCode.NOT_FOUND,
					"unable to find a verification of '" + name + "': none was started", null)));
	}

	private static LaunchException absent(BackupName name) {
		return new LaunchException(ExitCode.NOT_FOUND, "unable to find backup '" + name + "': there is no such backup",
				"list the backups to see their names");
	}

	/**
	 * @param deep whether to read every byte
	 */
	record Depth(boolean deep) {
	}

	/**
	 * Several backups.
	 */
	record BackupList(List<BackupResource> backups) {
	}

	/**
	 * A backup.
	 *
	 * @param state complete, incomplete or damaged
	 * @param verifiedAt when it was last verified, null for never
	 * @param problems that the verification found, null for never
	 * @param description as the Go tool's {@code get} shows it; null in a list, or when
	 * it is not complete
	 */
	record BackupResource(String name, String state, String id, long bytes,
			@JsonProperty("milvus_version") String milvusVersion,
			@JsonProperty("verified_at") @Nullable Instant verifiedAt, @Nullable Long problems,
			@JsonRawValue @Schema(type = "object") @Nullable String description) {

		static BackupResource of(BackupEntry entry, @Nullable Verified verified, @Nullable String description) {
			return new BackupResource(entry.name().value(), RunResource.lower(entry.state()), entry.id(), entry.bytes(),
					entry.milvusVersion(), (verified != null) ? verified.at() : null,
					(verified != null) ? verified.problems() : null, description);
		}

	}

	/**
	 * A verification.
	 *
	 * @param run its number
	 * @param state running, good, damaged or failed
	 * @param problems the first of them
	 */
	record VerificationResource(long run, String backup, boolean deep, String state, long objects, long bytes,
			@JsonProperty("problem_count") long problemCount, List<FoundProblem> problems, String message,
			Instant started, @Nullable Instant ended) {

		static VerificationResource of(Verification verification) {
			return new VerificationResource(verification.run(), verification.backup(), verification.deep(),
					RunResource.lower(verification.state()), verification.objects(), verification.bytes(),
					verification.problemCount(), verification.problems(), verification.message(),
					verification.started(), verification.ended());
		}

	}

}
