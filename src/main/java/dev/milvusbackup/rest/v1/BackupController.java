package dev.milvusbackup.rest.v1;

import java.util.List;
import java.util.Map;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.RunLookUp;
import dev.milvusbackup.launch.RunSummary;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.ledger.RunKind;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.manifest.ManifestException;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.rest.Backups;
import dev.milvusbackup.rest.RequestLog;
import dev.milvusbackup.rest.RunStarter;
import dev.milvusbackup.rest.StartedRun;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Backups: create, list, get, delete (behaviour.md B.2 to B.5).
 */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "v1 (Go tool)")
class BackupController {

	private final V1Requests requests;

	private final RunStarter starter;

	private final Backups backups;

	private final RunLookUp lookUp;

	private final BackupTasks tasks;

	BackupController(V1Requests requests, RunStarter starter, Backups backups, Runs runs) {
		this.requests = requests;
		this.starter = starter;
		this.backups = backups;
		this.lookUp = runs.lookUp();
		this.tasks = new BackupTasks(backups, this.lookUp);
	}

	@PostMapping("/create")
	@Operation(summary = "Start a backup", requestBody = @io.swagger.v3.oas.annotations.parameters.RequestBody(
			content = @Content(schema = @Schema(implementation = CreateBody.class))))
	Map<String, @Nullable Object> create(HttpServletRequest http) {
		CreateBody body = Bodies.read(http, CreateBody.class);
		String requestId = RequestLog.id(http, V1Requests.text(body.requestId()));
		return Answers.to(requestId, () -> create(body, requestId));
	}

	private Reply create(CreateBody body, String requestId) {
		BackupName name = new BackupName(V1Requests.text(body.backupName()));
		String path = V1Requests.text(body.backupRootPath());
		StartedRun started = this.starter.create(this.requests.runs(body), V1Requests.create(name, body));
		if (started.wasComplete()) {
			return Reply.failed(Reply.FAILED, "backup: backup with name " + name + " already exist");
		}
		this.lookUp.name(started.id(), RunKind.BACKUP, requestId);
		if (body.async()) {
			return new Reply(0, "create backup is executing asynchronously", null);
		}
		RunSummary summary = started.await();
		Map<String, @Nullable Object> data = this.tasks.find(name, path).orElse(null);
		return (summary.exitCode() == ExitCode.COMPLETE) ? Reply.success(data)
				: new Reply(Reply.FAILED, summary.message(), data);
	}

	@GetMapping("/list")
	@Operation(summary = "List the complete backups")
	Map<String, @Nullable Object> list(HttpServletRequest http,
			@RequestParam(name = "collection_name", defaultValue = "") String collection) {
		return Answers.to(RequestLog.id(http, ""), () -> {
			if (!collection.isEmpty()) {
				return Reply.failed(Reply.BAD_REQUEST, "collection_name is deprecated");
			}
			return new Reply(0, "", complete());
		});
	}

	private List<Map<String, @Nullable Object>> complete() {
		return this.backups.list()
			.stream()
			.filter((entry) -> entry.state() == BackupEntry.State.COMPLETE)
			.map((entry) -> new GoObject().put("id", entry.id())
				.put("name", entry.name().value())
				.always("size", entry.bytes())
				.put("milvus_version", entry.milvusVersion())
				.fields())
			.toList();
	}

	@GetMapping("/get_backup")
	@Operation(summary = "State and content of a backup, by the id of the request or of the backup, or by name")
	Map<String, @Nullable Object> get(HttpServletRequest http,
			@RequestParam(name = "backup_id", defaultValue = "") String id,
			@RequestParam(name = "backup_name", defaultValue = "") String name,
			@RequestParam(name = "path", defaultValue = "") String path) {
		return Answers.to(RequestLog.id(http, ""), () -> {
			if (id.isEmpty() && name.isEmpty()) {
				return Reply.failed(Reply.BAD_REQUEST, "empty backup name and backup id");
			}
			return id.isEmpty() ? byName(name, path) : byId(id, path);
		});
	}

	private Reply byName(String name, String path) {
		return this.tasks.find(new BackupName(name), path)
			.map(Reply::success)
			.orElseGet(() -> Reply.failed(Reply.NOT_FOUND, "not found"));
	}

	private Reply byId(String id, String path) {
		return this.backups.run(id)
			.flatMap((run) -> this.tasks.find(run, path))
			.or(() -> this.backups.named(id).flatMap((name) -> this.tasks.find(name, path)))
			.map(Reply::success)
			.orElseGet(() -> Reply.failed(Reply.FAILED, "task not found"));
	}

	@DeleteMapping("/delete")
	@Operation(summary = "Delete a backup")
	Map<String, @Nullable Object> delete(HttpServletRequest http,
			@RequestParam(name = "backup_name", defaultValue = "") String name) {
		return Answers.withoutData(RequestLog.id(http, ""), () -> {
			if (name.isEmpty()) {
				return Reply.failed(Reply.BAD_REQUEST, "empty backup name");
			}
			try {
				this.backups.delete(new BackupName(name));
				return new Reply(0, "success", null);
			}
			catch (ManifestException ex) {
				return Reply.failed(Reply.FAILED, "delete: read backup info: " + Reply.text(ex));
			}
		});
	}

}
