package dev.milvusbackup.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.milvusbackup.model.Binlog;
import dev.milvusbackup.model.BinlogKind;
import dev.milvusbackup.model.Partition;
import dev.milvusbackup.model.Segment;
import dev.milvusbackup.model.SegmentLevel;

/**
 * {@code SegmentBackupInfo} with its logs.
 *
 * @param paths where the objects lay in the source
 * @param withEntityTags whether a log says its object's entity tag, a key of our own
 */
record SegmentCodec(LogPaths paths, boolean withEntityTags) {

	void write(JsonWriter json, Segment segment) {
		json.number("segment_id", segment.id())
			.number("collection_id", segment.collectionId())
			.number("partition_id", segment.partitionId())
			.number("num_of_rows", segment.rows())
			.objects("binlogs", insertLogs(segment), (field) -> write(json, segment, field))
			.objects("deltalogs", deltaLogs(segment), (field) -> write(json, segment, field))
			.numberAlways("size", segment.bytes())
			.number("group_id", segment.groupId())
			.flagAlways("is_l0", segment.isL0())
			.text("v_channel", segment.virtualChannel())
			.number("storage_version", segment.storageVersion());
	}

	private void write(JsonWriter json, Segment segment, FieldLogs field) {
		json.number("fieldID", field.fieldId())
			.objects("binlogs", field.logs(),
					(log) -> json.text("log_path", this.paths.path(segment, log))
						.numberAlways("log_size", log.bytes())
						.number("log_id", log.logId())
						.text("etag", this.withEntityTags ? log.etag() : null));
	}

	private static List<FieldLogs> insertLogs(Segment segment) {
		Map<Long, FieldLogs> fields = new LinkedHashMap<>();
		segment.binlogs()
			.stream()
			.filter((log) -> log.kind() == BinlogKind.INSERT)
			.forEach((log) -> fields
				.computeIfAbsent(log.fieldId(), (fieldId) -> new FieldLogs(fieldId, new ArrayList<>()))
				.logs()
				.add(log));
		return List.copyOf(fields.values());
	}

	private static List<FieldLogs> deltaLogs(Segment segment) {
		List<Binlog> logs = segment.binlogs().stream().filter((log) -> log.kind() == BinlogKind.DELTA).toList();
		return logs.isEmpty() ? List.of() : List.of(new FieldLogs(0, logs));
	}

	static Segment read(JsonObject json) {
		long id = json.number("segment_id");
		long collectionId = json.number("collection_id");
		long partitionId = json.number("partition_id");
		if (id == 0 || collectionId == 0 || partitionId == 0) {
			throw json.damaged("a segment without its ids");
		}
		List<Binlog> binlogs = new ArrayList<>();
		json.objects("binlogs", (field) -> binlogs.addAll(logs(field, BinlogKind.INSERT, field.number("fieldID"))));
		boolean data = !binlogs.isEmpty();
		// the field of a delta log says nothing: v0.4 wrote the log id there
		json.objects("deltalogs", (field) -> binlogs.addAll(logs(field, BinlogKind.DELTA, 0)));
		long rows = json.number("num_of_rows");
		boolean deletesOnly = !data && !binlogs.isEmpty() && rows == 0;
		return new Segment(id, collectionId, partitionId, rows, level(json, partitionId, deletesOnly),
				json.number("group_id"), json.textOrNull("v_channel"), json.number("storage_version"), binlogs);
	}

	/**
	 * Go leaves out a false {@code is_l0}, and releases before v0.4.15 know no such key.
	 */
	private static SegmentLevel level(JsonObject json, long partitionId, boolean deletesOnly) {
		boolean inferred = !json.has("is_l0") && deletesOnly;
		boolean l0 = json.flag("is_l0") || partitionId == Partition.ALL || inferred;
		return l0 ? SegmentLevel.L0 : SegmentLevel.DATA;
	}

	private static List<Binlog> logs(JsonObject field, BinlogKind kind, long fieldId) {
		return field.objects("binlogs",
				(log) -> new Binlog(kind, fieldId, logId(log), log.number("log_size"), log.textOrNull("etag")));
	}

	/** Releases up to v0.5.3 wrote no {@code log_id}. */
	private static long logId(JsonObject log) {
		long id = log.number("log_id");
		if (id != 0) {
			return id;
		}
		String path = log.text("log_path");
		String name = path.substring(path.lastIndexOf('/') + 1);
		try {
			return Long.parseLong(name);
		}
		catch (NumberFormatException ex) {
			throw log.damaged("a log without id, and '" + path + "' does not end in one");
		}
	}

	private record FieldLogs(long fieldId, List<Binlog> logs) {
	}

}
