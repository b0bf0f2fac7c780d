package dev.milvusbackup.rest.v1;

import java.util.Map;
import java.util.Optional;

import dev.milvusbackup.launch.RunDetail;
import dev.milvusbackup.launch.RunLookUp;
import dev.milvusbackup.launch.RunPhase;
import dev.milvusbackup.manifest.BackupEntry;
import dev.milvusbackup.model.BackupName;
import dev.milvusbackup.rest.Backups;
import org.jspecify.annotations.Nullable;

/**
 * Backups as {@code get_backup} shows them: from the job repository while they are made,
 * from the bucket when they are there, so also after a restart of the server and for
 * backups that others made. Thread-safe.
 */
final class BackupTasks {

	private final Backups backups;

	private final RunLookUp lookUp;

	BackupTasks(Backups backups, RunLookUp lookUp) {
		this.backups = backups;
		this.lookUp = lookUp;
	}

	/**
	 * Empty when there is, and was, no such backup, or it was deleted.
	 * @param path backup root path, empty for the configured one
	 */
	Optional<Map<String, @Nullable Object>> find(BackupName name, String path) {
		RunDetail run = this.backups.run(name, path).orElse(null);
		if (run != null && run.phase() == RunPhase.RUNNING) {
			return Optional.of(unfinished(name, run, TaskState.of(run)));
		}
		BackupEntry entry = this.backups.find(name, path).orElse(null);
		if (entry == null) {
			return Optional.ofNullable(run)
				.filter((detail) -> !hadBackup(detail))
				.map((detail) -> unfinished(name, detail, TaskState.of(detail)));
		}
		return Optional.of(switch (entry.state()) {
			case COMPLETE -> complete(entry, run, path);
			case INCOMPLETE -> incomplete(name, run, path);
			case DAMAGED -> unfinished(name, run,
					TaskState.unknown(TaskState.FAILED, "the description of the backup cannot be read"));
		});
	}

	/**
	 * The backup of a run, wherever it lies.
	 * @param path as above, to look there only
	 */
	Optional<Map<String, @Nullable Object>> find(RunDetail run, String path) {
		BackupName name = new BackupName(run.run().backup());
		boolean elsewhere = path.isEmpty() && !this.backups.isHere(run.run());
		return elsewhere ? Optional.of(unfinished(name, run, TaskState.of(run))) : find(name, path);
	}

	private static boolean hadBackup(RunDetail run) {
		return run.phase() == RunPhase.COMPLETE || run.phase() == RunPhase.PARTIAL;
	}

	private Map<String, @Nullable Object> complete(BackupEntry entry, @Nullable RunDetail run, String path) {
		boolean itsRun = run != null && hadBackup(run) && this.lookUp.backupId(run.run()).equals(entry.id());
		TaskState state = (run != null && itsRun) ? TaskState.of(run) : TaskState.unknown(TaskState.SUCCESS, "");
		GoObject object = state.object(entry.id());
		Map<?, ?> brief = Bodies.parse(this.backups.brief(entry.name(), path), Map.class);
		brief.forEach((name, value) -> {
			if (!object.fields().containsKey(String.valueOf(name))) {
				object.always(String.valueOf(name), value);
			}
		});
		return object.fields();
	}

	private Map<String, @Nullable Object> incomplete(BackupName name, @Nullable RunDetail run, String path) {
		if (this.backups.isWorkedOn(name, path)) {
			return unfinished(name, run, TaskState.unknown(TaskState.RUNNING, ""));
		}
		boolean ended = run != null && !hadBackup(run);
		return unfinished(name, run, (run != null && ended) ? TaskState.of(run)
				: TaskState.unknown(TaskState.FAILED, "it was never finished, or is deleted in part"));
	}

	private Map<String, @Nullable Object> unfinished(BackupName name, @Nullable RunDetail run, TaskState state) {
		return state.object((run != null) ? this.lookUp.backupId(run.run()) : "")
			.put("name", name.value())
			.always("size", (run != null) ? run.progress().bytesDone() : 0)
			.always("meta_size", 0)
			.fields();
	}

}
