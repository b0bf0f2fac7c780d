package dev.milvusbackup.compat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;

import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeHistory;
import dev.milvusbackup.testing.milvus.FakeMilvus;
import dev.milvusbackup.testing.milvus.FakeSchemas;
import io.milvus.grpc.CollectionSchema;

/**
 * A collection of any shape with any past, the same for the same seed.
 */
record RandomCollection(long seed) {

	private static final int KEYS = 40;

	FakeCollection createIn(FakeMilvus server, String name, String version) {
		Random random = new Random(this.seed);
		FakeCollection collection = create(server, name, version, random).shards(1 + random.nextInt(3));
		if (random.nextBoolean()) {
			collection.property("collection.ttl.seconds", Integer.toString(random.nextInt(100_000)));
		}
		if (random.nextBoolean()) {
			collection.index("vector", "v" + random.nextInt(10),
					Map.of("index_type", "IVF_FLAT", "metric_type", "IP", "params", "{\"nlist\":128}"));
		}
		if (random.nextInt(4) == 0) {
			collection.alias("alias_of_" + name);
		}
		if (Versions.compare(version, "2.6.0") >= 0 && random.nextInt(4) == 0) {
			collection.addField(Schemas.nullable("added_later"));
		}
		List<String> partitions = partitions(collection, random);
		live(collection, partitions, random);
		load(collection, partitions, random);
		return collection;
	}

	private static FakeCollection create(FakeMilvus server, String name, String version, Random random) {
		CollectionSchema.Builder schema = FakeSchemas.simple().toBuilder();
		new RandomFields(version, random).addTo(schema);
		boolean modern = Versions.compare(version, "2.2.9") >= 0;
		schema.setEnableDynamicField(modern && random.nextBoolean());
		if (modern && random.nextInt(4) == 0) {
			schema.setFields(1, schema.getFields(1).toBuilder().setIsPartitionKey(true));
			return server.createPartitioned(name, schema.build(), 1 + random.nextInt(3));
		}
		return server.create(name, schema.build());
	}

	/** What has an index for each of its vectors can be loaded, as a whole or in part. */
	private static void load(FakeCollection collection, List<String> partitions, Random random) {
		List<String> vectors = RandomFields.vectors(collection.schema());
		if (vectors.isEmpty() || random.nextInt(3) > 0) {
			return;
		}
		for (String vector : vectors) {
			if (!collection.isIndexed(vector)) {
				collection.index(vector, "of_" + vector, Map.of("index_type", "AUTOINDEX", "metric_type", "IP"));
			}
		}
		if (random.nextBoolean()) {
			collection.load(partitions.get(random.nextInt(partitions.size())));
		}
		else {
			collection.replicas(1 + random.nextInt(2));
		}
	}

	private static List<String> partitions(FakeCollection collection, Random random) {
		List<String> partitions = new ArrayList<>(collection.visible().keySet());
		if (partitions.equals(List.of("_default"))) {
			for (int i = random.nextInt(3); i > 0; i--) {
				collection.partition("p" + i);
				partitions.add("p" + i);
			}
		}
		return partitions;
	}

	/** A key belongs to one partition, as keys do. */
	private static void live(FakeCollection collection, List<String> partitions, Random random) {
		FakeHistory history = collection.history();
		for (int step = random.nextInt(25); step > 0; step--) {
			int place = random.nextInt(partitions.size());
			String partition = partitions.get(place);
			long[] keys = LongStream.generate(() -> (long) random.nextInt(KEYS) * partitions.size() + place)
				.limit(1 + random.nextInt(8))
				.distinct()
				.toArray();
			switch (random.nextInt(8)) {
				case 0, 1 -> history.insert(partition, keys);
				case 2 -> history.upsert(partition, keys);
				case 3 -> history.delete(partition, keys);
				case 4 -> history.delete(null, keys);
				case 5 -> history.flush();
				case 6 -> history.compact(partition);
				default -> history.compactLevelZero();
			}
		}
	}

}
