package dev.milvusbackup.milvus;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import dev.milvusbackup.milvus.MilvusFeatures.Feature;
import dev.milvusbackup.model.Collection;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.model.Field;
import dev.milvusbackup.model.Schema;
import io.milvus.grpc.AddCollectionFieldRequest;
import io.milvus.grpc.AlterCollectionRequest;
import org.jspecify.annotations.Nullable;
import io.milvus.grpc.CreateCollectionRequest;

/**
 * Creates a collection as a backup describes it (behaviour.md F.2).
 */
final class CollectionCreator {

	private static final String NO_FUNCTION_CHECK = "disable_func_runtime_check";

	private final MilvusCalls calls;

	private final CollectionReader reader;

	CollectionCreator(MilvusCalls calls, CollectionReader reader) {
		this.calls = calls;
		this.reader = reader;
	}

	/**
	 * Creates it with all that goes into the first request.
	 */
	void create(Collection collection) {
		Map<String, String> properties = properties(collection);
		if (skipsFunctionCheck(collection)) {
			properties.put(NO_FUNCTION_CHECK, "true");
		}
		create(collection, properties);
	}

	/**
	 * Does the rest, and makes sure that the server did as it was told.
	 * @throws MilvusException of kind REFUSED when the server made something else of it
	 */
	void complete(Collection collection) {
		CollectionName name = collection.name();
		FieldPlan.of(collection.schema()).added().forEach((field) -> add(name, field));
		if (skipsFunctionCheck(collection) && !"true".equals(properties(collection).get(NO_FUNCTION_CHECK))) {
			checkFunctions(name, properties(collection).get(NO_FUNCTION_CHECK));
		}
		Schema created = SchemaReader.schema(this.reader.describe(name).getSchema());
		SchemaMatch.difference(collection.schema(), created).ifPresent((difference) -> {
			throw this.calls.failures()
				.refused(action(name), difference,
						"binlogs are found by the ids of fields, so this backup cannot be loaded there");
		});
	}

	private boolean skipsFunctionCheck(Collection collection) {
		return !collection.schema().functions().isEmpty() && this.calls.features().has(Feature.FUNCTION_RUNTIME_CHECK);
	}

	/** Servers fill the schema's list, the collection's or both: the latter wins. */
	private static Map<String, String> properties(Collection collection) {
		Map<String, String> properties = new LinkedHashMap<>();
		collection.schema().properties().forEach((pair) -> properties.put(pair.key(), pair.value()));
		collection.properties().forEach((pair) -> properties.put(pair.key(), pair.value()));
		return properties;
	}

	private void create(Collection collection, Map<String, String> properties) {
		CollectionName name = collection.name();
		List<Field> fields = FieldPlan.of(collection.schema()).first();
		boolean partitionKey = collection.schema().fields().stream().anyMatch(Field::partitionKey);
		CreateCollectionRequest request = readable(name,
				() -> CreateCollectionRequest.newBuilder()
					.setDbName(name.database())
					.setCollectionName(name.name())
					.setSchema(SchemaWriter.schema(name.name(), collection.schema(), fields).toByteString())
					.setShardsNum(collection.shards())
					.setConsistencyLevelValue(collection.consistencyLevel())
					.addAllProperties(properties.entrySet()
						.stream()
						.map((entry) -> SchemaWriter.pair(entry.getKey(), entry.getValue()))
						.toList())
					.setNumPartitions(partitionKey ? collection.partitions().size() : 0)
					.build());
		this.calls.send(Call.change(action(name), name.database(), (stub) -> stub.createCollection(request))
			.paced(Pace.COLLECTION));
	}

	private void add(CollectionName name, Field field) {
		AddCollectionFieldRequest request = readable(name,
				() -> AddCollectionFieldRequest.newBuilder()
					.setDbName(name.database())
					.setCollectionName(name.name())
					.setSchema(SchemaWriter.field(field).toByteString())
					.build());
		this.calls.send(Call.change("add field '" + field.name() + "' to '" + name + "'", name.database(),
				(stub) -> stub.addCollectionField(request))
			.paced(Pace.COLLECTION));
	}

	/**
	 * Undoes what the creation needed.
	 * @param property as the backup has it, null for the server's default
	 */
	private void checkFunctions(CollectionName name, @Nullable String property) {
		AlterCollectionRequest.Builder request = AlterCollectionRequest.newBuilder()
			.setDbName(name.database())
			.setCollectionName(name.name());
		if (property != null) {
			request.addProperties(SchemaWriter.pair(NO_FUNCTION_CHECK, property));
		}
		else {
			request.addDeleteKeys(NO_FUNCTION_CHECK);
		}
		this.calls.send(Call.change("reset '" + NO_FUNCTION_CHECK + "' of '" + name + "'", name.database(),
				(stub) -> stub.alterCollection(request.build())));
	}

	private <T> T readable(CollectionName name, Supplier<T> request) {
		try {
			return request.get();
		}
		catch (IllegalArgumentException ex) {
			throw this.calls.failures().refused(action(name), ex.getMessage(), null);
		}
	}

	private static String action(CollectionName name) {
		return "create collection '" + name + "'";
	}

}
