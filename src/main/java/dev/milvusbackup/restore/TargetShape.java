package dev.milvusbackup.restore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Index;
import dev.milvusbackup.model.RestoreDetails;
import dev.milvusbackup.model.RestoreMapping.CollectionMapping;
import dev.milvusbackup.model.Schema;
import dev.milvusbackup.model.SkipParams;
import dev.milvusbackup.model.StructArrayField;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a collection's description on its way into the target. Pure.
 */
final class TargetShape {

	private final RestoreDetails details;

	/** By source and target. */
	private final Map<List<CollectionName>, CollectionMapping> overrides = new HashMap<>();

	TargetShape(RestoreDetails details) {
		this.details = details;
		if (details.mapping() != null) {
			details.mapping()
				.databases()
				.forEach(
						(database) -> database.collections()
							.forEach(
									(mapping) -> this.overrides.put(
											List.of(new CollectionName(database.source(), mapping.source()),
													new CollectionName(database.target(), mapping.target())),
											mapping)));
		}
	}

	/**
	 * @param aliases those that this target gets
	 */
	Collection of(Collection source, CollectionName target, List<String> aliases) {
		CollectionMapping override = this.overrides.get(List.of(source.name(), target));
		SkipParams skip = this.details.skipParams();
		return new Collection(source.id(), target, source.databaseId(), schema(source.schema(), override),
				shards(source.shards(), override), source.consistencyLevel(), source.partitions(),
				source.indexes().stream().map(this::index).toList(), source.loadState(),
				SkipParams.without(source.properties(), skip.collectionProperties()), aliases, source.virtualChannels(),
				source.physicalChannels(), source.createdTimestamp(), source.checkpoint(), source.replicas());
	}

	private int shards(int source, @Nullable CollectionMapping override) {
		if (override != null && override.shards() > 0) {
			return override.shards();
		}
		return (this.details.maxShards() > 0) ? Math.min(source, this.details.maxShards()) : source;
	}

	private Schema schema(Schema source, @Nullable CollectionMapping override) {
		SkipParams skip = this.details.skipParams();
		String description = (override != null)
				? Objects.requireNonNullElse(override.description(), source.description()) : source.description();
		return new Schema(source.name(), description, source.autoId(), fields(source.fields()),
				source.dynamicFieldEnabled(), SkipParams.without(source.properties(), skip.collectionProperties()),
				source.functions(), source.structArrayFields().stream().map(this::struct).toList());
	}

	private StructArrayField struct(StructArrayField source) {
		return new StructArrayField(source.id(), source.name(), source.description(), fields(source.fields()),
				SkipParams.without(source.typeParams(), this.details.skipParams().fieldTypeParams()),
				source.nullable());
	}

	private List<Field> fields(List<Field> source) {
		List<Field> fields = new ArrayList<>();
		source.forEach((field) -> fields.add(this.details.skipParams().without(field)));
		return fields;
	}

	private Index index(Index source) {
		Map<String, String> params = new LinkedHashMap<>(source.params());
		params.keySet().removeAll(this.details.skipParams().indexParams());
		return new Index(source.fieldName(), source.name(), source.type(), params, source.id());
	}

}
