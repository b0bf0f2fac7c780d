package dev.milvusbackup.testing.real;

import java.util.List;
import java.util.Map;

import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.common.IndexParam.IndexType;
import io.milvus.v2.common.IndexParam.MetricType;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq.CollectionSchema;

/**
 * The schemas of the sample collections, and their indexes.
 */
final class SampleSchemas {

	private static final int TEXT_LENGTH = 256;

	private SampleSchemas() {
	}

	/**
	 * Every type of field of the server but binary vectors, and the dynamic field.
	 */
	static CollectionSchema allTypes(boolean withArrays) {
		CollectionSchema schema = schema(true, key("id", DataType.Int64));
		schema.addField(field("flag", DataType.Bool))
			.addField(field("tiny", DataType.Int8))
			.addField(field("small", DataType.Int16))
			.addField(field("medium", DataType.Int32))
			.addField(field("large", DataType.Int64))
			.addField(field("single_precision", DataType.Float))
			.addField(field("double_precision", DataType.Double))
			.addField(text("text"))
			.addField(field("document", DataType.JSON));
		if (withArrays) {
			schema.addField(array("numbers", DataType.Int64)).addField(array("words", DataType.VarChar));
		}
		return schema.addField(floatVector());
	}

	static CollectionSchema textKey() {
		AddFieldReq key = text("key");
		key.setIsPrimaryKey(true);
		return schema(false, key).addField(field("amount", DataType.Int64)).addField(floatVector());
	}

	static CollectionSchema binaryAutoId() {
		AddFieldReq key = key("id", DataType.Int64);
		key.setAutoID(true);
		return schema(false, key).addField(field("number", DataType.Int64))
			.addField(AddFieldReq.builder()
				.fieldName("bits")
				.dataType(DataType.BinaryVector)
				.dimension(SampleRows.BITS)
				.build());
	}

	static CollectionSchema partitionKey() {
		AddFieldReq tenant = text("tenant");
		tenant.setIsPartitionKey(true);
		return schema(false, key("id", DataType.Int64)).addField(tenant).addField(floatVector());
	}

	static List<IndexParam> allTypesIndexes() {
		IndexParam vector = IndexParam.builder()
			.fieldName("vector")
			.indexName("vector_index")
			.indexType(IndexType.HNSW)
			.metricType(MetricType.IP)
			.extraParams(Map.of("M", 8, "efConstruction", 64))
			.build();
		return List.of(vector, scalarIndex("text", IndexType.TRIE), scalarIndex("large", IndexType.STL_SORT));
	}

	static List<IndexParam> vectorIndex() {
		return List.of(IndexParam.builder()
			.fieldName("vector")
			.indexName("vector_index")
			.indexType(IndexType.IVF_FLAT)
			.metricType(MetricType.L2)
			.extraParams(Map.of("nlist", 16))
			.build());
	}

	static List<IndexParam> binaryIndex() {
		return List.of(IndexParam.builder()
			.fieldName("bits")
			.indexName("bits_index")
			.indexType(IndexType.BIN_IVF_FLAT)
			.metricType(MetricType.HAMMING)
			.extraParams(Map.of("nlist", 16))
			.build());
	}

	private static IndexParam scalarIndex(String field, IndexType type) {
		return IndexParam.builder().fieldName(field).indexName(field + "_index").indexType(type).build();
	}

	private static CollectionSchema schema(boolean dynamic, AddFieldReq key) {
		CollectionSchema schema = CollectionSchema.builder().enableDynamicField(dynamic).build();
		return schema.addField(key);
	}

	private static AddFieldReq key(String name, DataType type) {
		return AddFieldReq.builder().fieldName(name).dataType(type).isPrimaryKey(true).build();
	}

	private static AddFieldReq field(String name, DataType type) {
		return AddFieldReq.builder().fieldName(name).dataType(type).build();
	}

	private static AddFieldReq text(String name) {
		return AddFieldReq.builder().fieldName(name).dataType(DataType.VarChar).maxLength(TEXT_LENGTH).build();
	}

	private static AddFieldReq array(String name, DataType element) {
		return AddFieldReq.builder()
			.fieldName(name)
			.dataType(DataType.Array)
			.elementType(element)
			.maxCapacity(8)
			.maxLength(TEXT_LENGTH)
			.build();
	}

	private static AddFieldReq floatVector() {
		return AddFieldReq.builder()
			.fieldName("vector")
			.dataType(DataType.FloatVector)
			.dimension(SampleRows.DIMENSION)
			.build();
	}

}
