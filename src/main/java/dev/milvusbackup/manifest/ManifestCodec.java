package dev.milvusbackup.manifest;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.milvusbackup.manifest.CollectionCodec.CollectionParts;
import dev.milvusbackup.manifest.CollectionCodec.PartitionParts;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.Database;
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
			CollectionCodec.write(json, collection, new CollectionParts("", 0, partitions, NOTHING));
		});
		return text.toString();
	}

	/**
	 * Reverse of {@link #toJson}.
	 * @throws ManifestException of kind DAMAGED when the text is no collection
	 */
	public static Collection fromJson(String text) {
		try (JsonReader reader = new JsonReader(text, new Damage("collection description", null))) {
			JsonObject json = reader.document(Map.of());
			return CollectionCodec.read(json, json.objects("partition_backups", CollectionCodec::partition));
		}
	}

	/**
	 * What the command {@code get} prints: the Go tool's {@code BackupInfoBrief} with
	 * four blanks of indentation, without a line break at the end.
	 * @param metaBytes size of all files in the backup's meta directory
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
			.objects("database_backups", manifest.databases(), (database) -> write(json, database))
			.numberAlways("meta_size", metaBytes));
		return text.toString();
	}

	static void write(JsonWriter json, Database database) {
		json.text("db_name", database.name())
			.number("db_id", database.id())
			.keyValues("properties", database.properties());
	}

	static Database database(JsonObject json) {
		return new Database(json.text("db_name"), json.number("db_id"), json.keyValues("properties"));
	}

	private static void write(JsonGenerator generator, Consumer<JsonWriter> properties) {
		try (JsonWriter json = new JsonWriter(generator)) {
			json.object(() -> properties.accept(json));
		}
	}

}
