package dev.milvusbackup.testing.milvus;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;

/**
 * Schemas for simulated collections.
 */
public final class FakeSchemas {

	private FakeSchemas() {
	}

	/**
	 * Fields {@code id} (primary key), {@code text} and {@code vector}.
	 */
	public static CollectionSchema simple() {
		return CollectionSchema.newBuilder()
			.addFields(FieldSchema.newBuilder().setName("id").setIsPrimaryKey(true).setDataType(DataType.Int64))
			.addFields(FieldSchema.newBuilder()
				.setName("text")
				.setDataType(DataType.VarChar)
				.addTypeParams(Answers.pair("max_length", "64")))
			.addFields(FieldSchema.newBuilder()
				.setName("vector")
				.setDataType(DataType.FloatVector)
				.addTypeParams(Answers.pair("dim", "4")))
			.build();
	}

	/**
	 * {@link #simple()} as a description of data outside of Milvus, as Milvus 3.0 tells
	 * it.
	 */
	public static CollectionSchema external() {
		UnknownFieldSet source = UnknownFieldSet.newBuilder()
			.addField(11,
					UnknownFieldSet.Field.newBuilder()
						.addLengthDelimited(ByteString.copyFromUtf8("s3://lake/a"))
						.build())
			.build();
		return simple().toBuilder().setUnknownFields(source).build();
	}

	/**
	 * {@link #simple()} with the dynamic field.
	 */
	public static CollectionSchema dynamic() {
		return simple().toBuilder().setEnableDynamicField(true).build();
	}

	/**
	 * {@link #simple()} with {@code text} as the partition key.
	 */
	public static CollectionSchema partitioned() {
		CollectionSchema simple = simple();
		return simple.toBuilder().setFields(1, simple.getFields(1).toBuilder().setIsPartitionKey(true)).build();
	}

}
