package dev.milvusbackup.manifest;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.milvusbackup.manifest.CollectionCodec.CollectionParts;
import dev.milvusbackup.manifest.CollectionCodec.PartitionParts;
import dev.milvusbackup.model.ClusterState;
import dev.milvusbackup.model.Collection;
import tools.jackson.core.JsonGenerator;

/**
 * Single parts of a backup's description as JSON text in the keys of the Go tool's
 * format. Thread-safe.
 */
public final class ManifestCodec {

	private static final Runnable NOTHING = () -> {
	};

	private ManifestCodec() {
	}

	/**
	 * A collection with its partitions; {@link #fromJson} gives an equal one.
	 */
	public static String toJson(Collection collection) {
		StringWriter text = new StringWriter();
		PartitionParts withoutSegments = new PartitionParts(collection.id(), 0, NOTHING);
		write(GoJson.generator(text), (json) -> {
			Runnable partitions = () -> json.objects("partition_backups", collection.partitions(),
					(partition) -> CollectionCodec.write(json, partition, withoutSegments));
			CollectionCodec.write(json, collection, new CollectionParts("", 0, partitions, NOTHING, null));
		});
		return text.toString();
	}

	/**
	 * Reverse of {@link #toJson(Collection)}.
	 * @throws ManifestException of kind DAMAGED when the text is no collection
	 */
	public static Collection fromJson(String text) {
		try (JsonReader reader = new JsonReader(text, new Damage("collection description", null))) {
			JsonObject json = reader.document(Map.of());
			return CollectionCodec.read(json, json.objects("partition_backups", CollectionCodec::partition));
		}
	}

	/**
	 * What a backup holds of the source as a whole, with its secrets;
	 * {@link #clusterFromJson} gives an equal one.
	 */
	public static String toJson(ClusterState cluster) {
		StringWriter text = new StringWriter();
		write(GoJson.generator(text), (json) -> ClusterCodec.write(json, cluster, List.of()));
		return text.toString();
	}

	/**
	 * Reverse of {@link #toJson(ClusterState)}.
	 * @throws ManifestException of kind DAMAGED when the text is none
	 */
	public static ClusterState clusterFromJson(String text) {
		try (JsonReader reader = new JsonReader(text, new Damage("description of the source", null))) {
			return ClusterCodec.read(reader.document(Map.of()));
		}
	}

	/**
	 * What the command {@code get} prints: the Go tool's {@code BackupInfoBrief} with
	 * four blanks of indentation, without a line break at the end and without secrets.
	 * @param metaBytes size of the files in the backup's meta directory that stay
	 */
	public static String brief(BackupManifest manifest, long metaBytes) {
		StringWriter text = new StringWriter();
		List<CollectionBackup> collections = manifest.collections();
		write(GoJson.indented(text), (json) -> json.numberAlways("state_code", 0)
			.numberAlways("progress", 0)
			.text("name", manifest.name().value())
			.objects("collection_backups", collections,
					(backup) -> CollectionCodec.writeBrief(json, backup.collection(), manifest.id(), backup.bytes()))
			.numberAlways("size", manifest.bytes())
			.text("milvus_version", manifest.milvusVersion())
			.objects("database_backups", manifest.databases(), (database) -> ClusterCodec.write(json, database))
			.numberAlways("meta_size", metaBytes)
			.text("format", manifest.format().text()));
		return text.toString();
	}

	private static void write(JsonGenerator generator, Consumer<JsonWriter> properties) {
		try (JsonWriter json = new JsonWriter(generator)) {
			json.object(() -> properties.accept(json));
		}
	}

}
