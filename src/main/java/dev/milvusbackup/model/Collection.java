package dev.milvusbackup.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything of a collection but its segments.
 *
 * @param id the source's id, which is part of every object key
 * @param consistencyLevel Milvus's number (0 is Strong)
 * @param properties the collection's own list
 * @param createdTimestamp TSO
 * @param checkpoint where the data ends in the source's log
 * @param replicas how it is loaded, {@link Replicas#NONE} when it is not or unknown
 */
public record Collection(long id, CollectionName name, long databaseId, Schema schema, int shards, int consistencyLevel,
		List<Partition> partitions, List<Index> indexes, LoadState loadState, List<KeyValue> properties,
		List<String> aliases, List<String> virtualChannels, List<String> physicalChannels, long createdTimestamp,
		Checkpoint checkpoint, Replicas replicas) {

	public Collection {
		partitions = List.copyOf(partitions);
		indexes = List.copyOf(indexes);
		properties = List.copyOf(properties);
		aliases = List.copyOf(aliases);
		virtualChannels = List.copyOf(virtualChannels);
		physicalChannels = List.copyOf(physicalChannels);
	}

	public Collection(long id, CollectionName name, long databaseId, Schema schema, int shards, int consistencyLevel,
			List<Partition> partitions, List<Index> indexes, LoadState loadState, List<KeyValue> properties,
			List<String> aliases, List<String> virtualChannels, List<String> physicalChannels, long createdTimestamp,
			Checkpoint checkpoint) {
		this(id, name, databaseId, schema, shards, consistencyLevel, partitions, indexes, loadState, properties,
				aliases, virtualChannels, physicalChannels, createdTimestamp, checkpoint, Replicas.NONE);
	}

	/**
	 * The same collection under another name.
	 */
	public Collection withName(CollectionName newName) {
		return new Collection(this.id, newName, this.databaseId, this.schema, this.shards, this.consistencyLevel,
				this.partitions, this.indexes, this.loadState, this.properties, this.aliases, this.virtualChannels,
				this.physicalChannels, this.createdTimestamp, this.checkpoint, this.replicas);
	}

	/**
	 * The same collection with another checkpoint.
	 */
	public Collection withCheckpoint(Checkpoint newCheckpoint) {
		return new Collection(this.id, this.name, this.databaseId, this.schema, this.shards, this.consistencyLevel,
				this.partitions, this.indexes, this.loadState, this.properties, this.aliases, this.virtualChannels,
				this.physicalChannels, this.createdTimestamp, newCheckpoint, this.replicas);
	}

	/**
	 * The same collection, loaded as given.
	 */
	public Collection withReplicas(Replicas newReplicas) {
		return new Collection(this.id, this.name, this.databaseId, this.schema, this.shards, this.consistencyLevel,
				this.partitions, this.indexes, this.loadState, this.properties, this.aliases, this.virtualChannels,
				this.physicalChannels, this.createdTimestamp, this.checkpoint, newReplicas);
	}

	/**
	 * The same collection with another schema.
	 */
	public Collection withSchema(Schema newSchema) {
		return new Collection(this.id, this.name, this.databaseId, newSchema, this.shards, this.consistencyLevel,
				this.partitions, this.indexes, this.loadState, this.properties, this.aliases, this.virtualChannels,
				this.physicalChannels, this.createdTimestamp, this.checkpoint, this.replicas);
	}

	/**
	 * The same collection with other indexes.
	 */
	public Collection withIndexes(List<Index> newIndexes) {
		return new Collection(this.id, this.name, this.databaseId, this.schema, this.shards, this.consistencyLevel,
				this.partitions, newIndexes, this.loadState, this.properties, this.aliases, this.virtualChannels,
				this.physicalChannels, this.createdTimestamp, this.checkpoint, this.replicas);
	}

	/**
	 * The same collection with other partitions.
	 */
	public Collection withPartitions(List<Partition> newPartitions) {
		return new Collection(this.id, this.name, this.databaseId, this.schema, this.shards, this.consistencyLevel,
				newPartitions, this.indexes, this.loadState, this.properties, this.aliases, this.virtualChannels,
				this.physicalChannels, this.createdTimestamp, this.checkpoint, this.replicas);
	}

	/**
	 * What the flush before the backup reported (format.md 3).
	 *
	 * @param timestamp TSO, 0 when the source reports no channel checkpoints
	 * @param sealSeconds seconds since the epoch, 0 when unknown
	 * @param channels virtual channel to base64 of {@code msg.MsgPosition}
	 */
	public record Checkpoint(long timestamp, long sealSeconds, Map<String, String> channels) {

		/**
		 * Nothing known.
		 */
		public static final Checkpoint NONE = new Checkpoint(0, 0, Map.of());

		public Checkpoint {
			channels = Collections.unmodifiableMap(new LinkedHashMap<>(channels));
		}

	}

	/**
	 * How the collection is loaded; not in the Go tool's format, kept in keys of our own.
	 *
	 * @param number 0 when not loaded or unknown
	 * @param resourceGroups names, each once
	 */
	public record Replicas(int number, List<String> resourceGroups) {

		/** Nothing known. */
		public static final Replicas NONE = new Replicas(0, List.of());

		public Replicas {
			resourceGroups = List.copyOf(resourceGroups);
		}

	}

}
