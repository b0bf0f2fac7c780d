package dev.milvusbackup.manifest;

import java.util.List;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Collection.Checkpoint;
import dev.milvusbackup.model.Collection.Replicas;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.LoadState;
import dev.milvusbackup.model.Partition;
import org.jspecify.annotations.Nullable;

/**
 * {@code CollectionBackupInfo} and {@code PartitionBackupInfo} without their segments,
 * for which the writing methods leave room. {@code replica_number} and
 * {@code resource_groups} are keys of our own.
 */
final class CollectionCodec {

	/** BackupTaskStateCode SUCCESS, which releases up to v0.5.9 show. */
	static final int SUCCESS = 2;

	static final String SNAPSHOT = "snapshot_backup";

	private CollectionCodec() {
	}

	static void write(JsonWriter json, Collection collection, CollectionParts parts) {
		json.text("id", parts.taskId()).number("state_code", parts.taskId().isEmpty() ? 0 : SUCCESS);
		writeIdentity(json, collection).number("consistency_level", collection.consistencyLevel());
		parts.partitions().run();
		writeState(json, collection, parts.size());
		parts.l0Segments().run();
		json.keyValues("properties", collection.properties())
			.number("db_id", collection.databaseId())
			.unsigned("created_timestamp", collection.createdTimestamp())
			.texts("virtual_channel_names", collection.virtualChannels())
			.texts("physical_channel_names", collection.physicalChannels())
			.texts("aliases", collection.aliases());
		SnapshotBackup snapshot = parts.snapshot();
		if (snapshot != null) {
			json.object(SNAPSHOT, () -> SnapshotBackup.write(json, snapshot));
		}
		json.number("replica_number", collection.replicas().number())
			.texts("resource_groups", collection.replicas().resourceGroups());
	}

	/** What {@code get} shows of a collection. */
	static void writeBrief(JsonWriter json, Collection collection, String taskId, long size) {
		json.text("id", taskId);
		writeIdentity(json, collection);
		writeState(json, collection, size);
		json.keyValues("properties", collection.properties());
	}

	static void write(JsonWriter json, Partition partition, PartitionParts parts) {
		json.number("partition_id", partition.id())
			.text("partition_name", partition.name())
			.number("collection_id", parts.collectionId());
		parts.segments().run();
		json.numberAlways("size", parts.size()).text("load_state", partition.loadState().text());
	}

	static Collection read(JsonObject json, List<Partition> partitions) {
		String name = json.text("collection_name");
		if (name.isEmpty() || json.number("collection_id") == 0) {
			throw json.damaged("a collection without name or id");
		}
		if (!json.has("schema")) {
			throw json.damaged("collection '" + name + "' has no schema");
		}
		Checkpoint checkpoint = new Checkpoint(json.unsigned("backup_timestamp"),
				json.unsigned("backup_physical_timestamp"), json.map("channel_checkpoints"));
		return new Collection(json.number("collection_id"), new CollectionName(json.text("db_name"), name),
				json.number("db_id"), SchemaCodec.read(json.object("schema")), json.smallNumber("shards_num"),
				json.smallNumber("consistency_level"), partitions, json.objects("index_infos", IndexCodec::read),
				LoadState.of(json.text("load_state")), json.keyValues("properties"), json.texts("aliases"),
				json.texts("virtual_channel_names"), json.texts("physical_channel_names"),
				json.unsigned("created_timestamp"), checkpoint,
				new Replicas(json.smallNumber("replica_number"), json.texts("resource_groups")));
	}

	static Partition partition(JsonObject json) {
		if (json.number("partition_id") == 0) {
			throw json.damaged("a partition without id");
		}
		return new Partition(json.number("partition_id"), json.text("partition_name"),
				LoadState.of(json.text("load_state")));
	}

	private static JsonWriter writeIdentity(JsonWriter json, Collection collection) {
		return json.number("collection_id", collection.id())
			.text("db_name", collection.name().database())
			.text("collection_name", collection.name().name())
			.object("schema", () -> SchemaCodec.write(json, collection.schema()))
			.number("shards_num", collection.shards());
	}

	private static void writeState(JsonWriter json, Collection collection, long size) {
		Checkpoint checkpoint = collection.checkpoint();
		json.unsigned("backup_timestamp", checkpoint.timestamp())
			.numberAlways("size", size)
			.flagAlways("has_index", !collection.indexes().isEmpty())
			.objects("index_infos", collection.indexes(), (index) -> IndexCodec.write(json, index))
			.text("load_state", collection.loadState().text())
			.unsigned("backup_physical_timestamp", checkpoint.sealSeconds())
			.map("channel_checkpoints", checkpoint.channels());
	}

	/**
	 * What a collection's document has besides the collection.
	 *
	 * @param taskId empty for none
	 * @param size of everything of the collection
	 * @param partitions writes the partitions
	 * @param l0Segments writes the collection-wide deletes
	 * @param snapshot null in a backup of binlogs
	 */
	record CollectionParts(String taskId, long size, Runnable partitions, Runnable l0Segments,
			@Nullable SnapshotBackup snapshot) {
	}

	/**
	 * What a partition's document has besides the partition.
	 *
	 * @param segments writes the segments
	 */
	record PartitionParts(long collectionId, long size, Runnable segments) {
	}

}
