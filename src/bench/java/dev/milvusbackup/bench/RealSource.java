package dev.milvusbackup.bench;

import java.util.ArrayList;
import java.util.List;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.real.MilvusStorage;
import dev.milvusbackup.testing.real.MilvusVersion;
import dev.milvusbackup.testing.real.RealMilvus;
import dev.milvusbackup.testing.real.RealMinio;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.DataType;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq.CollectionSchema;
import io.milvus.v2.service.utility.request.FlushReq;
import io.milvus.v2.service.vector.request.InsertReq;

/**
 * A real Milvus, whose flush is part of what is measured. It compacts nothing, so that
 * the number of objects stays what the scenario says.
 */
final class RealSource implements Source {

	private static final int ROWS = 100;

	private static final String BUCKET = "bench-real";

	private final RealMinio minio;

	private final RealMilvus milvus;

	private final ObjectStore store;

	RealSource(RealMinio minio, Scenario scenario) {
		this.minio = minio;
		this.milvus = RealMilvus.start(MilvusVersion.V2_3_5, MilvusStorage.minio(minio, BUCKET, "files"),
				"dataCoord.enableCompaction=false");
		this.store = new DefaultStoreConnector().open(storage());
		MilvusClientV2 client = this.milvus.connect("default");
		try {
			int number = 0;
			for (Scenario.Shape shape : scenario.collections()) {
				fill(client, "c" + number, shape);
				number++;
			}
		}
		finally {
			client.close();
		}
	}

	private static void fill(MilvusClientV2 client, String name, Scenario.Shape shape) {
		int doubles = shape.objects() - SimulatedSource.SYSTEM_FIELDS - 2;
		CollectionSchema schema = CollectionSchema.builder().build();
		schema.addField(AddFieldReq.builder().fieldName("id").dataType(DataType.Int64).isPrimaryKey(true).build());
		schema.addField(AddFieldReq.builder().fieldName("vector").dataType(DataType.FloatVector).dimension(2).build());
		for (int field = 0; field < doubles; field++) {
			schema.addField(AddFieldReq.builder().fieldName("f" + field).dataType(DataType.Double).build());
		}
		client.createCollection(
				CreateCollectionReq.builder().collectionName(name).collectionSchema(schema).numShards(1).build());
		for (int segment = 0; segment < shape.segments(); segment++) {
			client.insert(InsertReq.builder().collectionName(name).data(rows(segment * ROWS, doubles)).build());
			client.flush(FlushReq.builder().collectionNames(List.of(name)).build());
		}
	}

	private static List<JsonObject> rows(int from, int doubles) {
		List<JsonObject> rows = new ArrayList<>();
		for (int id = from; id < from + ROWS; id++) {
			JsonObject row = new JsonObject();
			row.addProperty("id", id);
			JsonArray vector = new JsonArray();
			vector.add(id);
			vector.add(-id);
			row.add("vector", vector);
			for (int field = 0; field < doubles; field++) {
				row.addProperty("f" + field, id + field / 100.0);
			}
			rows.add(row);
		}
		return rows;
	}

	@Override
	public ObjectStore store() {
		return this.store;
	}

	@Override
	public ObjectPrefix copied() {
		return ObjectPrefix.of("files/insert_log");
	}

	@Override
	public MilvusAddress milvus() {
		return new MilvusAddress(this.milvus.host(), this.milvus.port(),
				"http://" + this.milvus.host() + ":" + this.milvus.managementPort());
	}

	@Override
	public StorageProperties storage() {
		return SimulatedSource.properties(this.minio, this.minio.port(), BUCKET);
	}

	@Override
	public void close() {
		this.store.close();
		this.milvus.close();
	}

}
