package dev.milvusbackup.rest.v1;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.RestoreRequest;
import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunLookUp;
import dev.milvusbackup.launch.RunPhase;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.manifest.ManifestException;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.rest.RequestLog;
import dev.milvusbackup.rest.RunStarter;
import dev.milvusbackup.rest.StartedRun;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Restores: start and follow (behaviour.md B.6 to B.8).
 */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "v1 (Go tool)")
class RestoreController {

	private static final DateTimeFormatter GENERATED = DateTimeFormatter
		.ofPattern("'restore'_yyyy_MM_dd_HH_mm_ss_", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private static final int LONGEST_ID = 255;

	private final V1Requests requests;

	private final RunStarter starter;

	private final RunLookUp lookUp;

	private final RestoreTasks tasks;

	RestoreController(V1Requests requests, RunStarter starter, Runs runs) {
		this.requests = requests;
		this.starter = starter;
		this.lookUp = runs.lookUp();
		this.tasks = new RestoreTasks(this.lookUp);
	}

	@PostMapping("/restore")
	@Operation(summary = "Start a restore", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
			content = @Content(schema = @Schema(implementation = RestoreBody.class))))
	Map<String, @Nullable Object> restore(HttpServletRequest http) {
		RestoreBody body = Bodies.read(http, RestoreBody.class);
		return Answers.to(RequestLog.id(http, V1Requests.text(body.requestId())), () -> restore(body));
	}

	private Reply restore(RestoreBody body) {
		String name = V1Requests.text(body.backupName());
		if (name.isEmpty()) {
			return Reply.failed(Reply.BAD_REQUEST, "backup name is required");
		}
		RestoreRequest request = V1Requests.restore(new BackupName(name), body);
		Optional<Reply> refusal = refusal(request);
		if (refusal.isPresent()) {
			return refusal.get();
		}
		try {
			return start(this.requests.runs(body), request, body.async());
		}
		catch (ManifestException ex) {
			boolean absent = ex.kind() == ManifestException.Kind.NOT_FOUND
					|| ex.kind() == ManifestException.Kind.INCOMPLETE;
			return absent ? Reply.failed(Reply.BAD_REQUEST, "backup " + name + " not found") : Reply.failed(ex);
		}
	}

	/**
	 * An id names one restore: a second one must not take its place, nor pass for it.
	 */
	private Optional<Reply> refusal(RestoreRequest request) {
		String id = request.restoreId();
		if (id == null) {
			return Optional.empty();
		}
		if (id.length() > LONGEST_ID) {
			return Optional.of(Reply.failed(Reply.BAD_REQUEST, "the restore id is longer than " + LONGEST_ID));
		}
		return this.lookUp.named(RunKind.RESTORE, id)
			.filter((run) -> !run.run().backup().equals(request.name().value()) || run.phase() == RunPhase.COMPLETE
					|| run.phase() == RunPhase.RUNNING)
			.map((run) -> Reply.failed(Reply.FAILED, "restore task with id " + id + " already exist"));
	}

	private Reply start(Runs runs, RestoreRequest request, boolean async) {
		StartedRun started = this.starter.restore(runs, request);
		String id = (request.restoreId() != null) ? request.restoreId() : generated();
		if (started.wasComplete()) {
			return Reply.failed(Reply.FAILED, "restore task with id " + id + " already exist");
		}
		this.lookUp.name(started.id(), RunKind.RESTORE, id);
		if (async) {
			return new Reply(0, "restore backup is executing asynchronously", data(id, started.id()));
		}
		RunSummary summary = started.await();
		Map<String, @Nullable Object> data = data(id, started.id());
		return (summary.exitCode() == ExitCode.COMPLETE) ? Reply.success(data)
				: new Reply(Reply.FAILED, summary.message(), data);
	}

	@GetMapping("/get_restore")
	@Operation(summary = "State of a restore, by its id, or the newest of a backup")
	Map<String, @Nullable Object> get(HttpServletRequest http, @RequestParam(name = "id", defaultValue = "") String id,
			@RequestParam(name = "backup_name", defaultValue = "") String backup) {
		return Answers.to(RequestLog.id(http, ""), () -> {
			if (id.isEmpty() && backup.isEmpty()) {
				return Reply.failed(Reply.FAILED, "empty restore id");
			}
			Optional<RunDetail> run = id.isEmpty() ? this.tasks.newest(backup) : this.tasks.find(id);
			return run.map((found) -> Reply.success(RestoreTasks.data(id.isEmpty() ? this.tasks.id(found) : id, found)))
				.orElseGet(() -> Reply.failed(Reply.FAILED, "task not found"));
		});
	}

	@PostMapping("/restore_secondary")
	@Operation(summary = "Not supported: start the restore of a CDC secondary")
	Map<String, @Nullable Object> restoreSecondary(HttpServletRequest http) {
		Map<?, ?> body = Bodies.read(http, Map.class);
		String requestId = (body.get("requestId") instanceof String text) ? text : "";
		return Answers.to(RequestLog.id(http, requestId), () -> Reply.failed(Reply.FAILED,
				"unable to restore a secondary cluster: not supported yet; use the Go tool for it"));
	}

	private Map<String, @Nullable Object> data(String id, long run) {
		return RestoreTasks.data(id, this.lookUp.find(run).orElseThrow());
	}

	private static String generated() {
		Instant now = Instant.now();
		return GENERATED.format(now) + now.getNano();
	}

}
