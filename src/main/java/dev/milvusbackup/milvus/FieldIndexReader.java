package dev.milvusbackup.milvus;

import java.util.ArrayList;
import java.util.List;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.milvusbackup.model.IndexExtra;
import dev.milvusbackup.model.KeyValue;
import io.milvus.grpc.KeyValuePair;

/**
 * {@code indexpb.FieldIndex} as Milvus stores it, which no SDK has. Numbers of fields are
 * those of index_coord.proto.
 */
record FieldIndexReader(UnknownFieldSet stored, UnknownFieldSet index) {

	private static final int INDEX_INFO = 1;

	private static final int DELETED = 2;

	private static final int CREATE_TIME = 3;

	private static final int FIELD_ID = 2;

	private static final int INDEX_ID = 4;

	private static final int TYPE_PARAMS = 5;

	private static final int INDEX_PARAMS = 6;

	private static final int AUTO_INDEX = 11;

	private static final int USER_PARAMS = 12;

	private static final int MIN_VERSION = 14;

	private static final int MAX_VERSION = 15;

	static FieldIndexReader of(byte[] bytes) throws InvalidProtocolBufferException {
		UnknownFieldSet stored = UnknownFieldSet.parseFrom(bytes);
		List<ByteString> info = stored.getField(INDEX_INFO).getLengthDelimitedList();
		if (info.isEmpty()) {
			throw new InvalidProtocolBufferException("no index");
		}
		return new FieldIndexReader(stored, UnknownFieldSet.parseFrom(info.get(info.size() - 1)));
	}

	boolean isDeleted() {
		return number(this.stored, DELETED) != 0;
	}

	long id() {
		return number(this.index, INDEX_ID);
	}

	IndexExtra extra() throws InvalidProtocolBufferException {
		return new IndexExtra(number(this.index, FIELD_ID), number(this.stored, CREATE_TIME), pairs(TYPE_PARAMS),
				pairs(INDEX_PARAMS), pairs(USER_PARAMS), number(this.index, AUTO_INDEX) != 0,
				(int) number(this.index, MIN_VERSION), (int) number(this.index, MAX_VERSION));
	}

	private List<KeyValue> pairs(int field) throws InvalidProtocolBufferException {
		List<KeyValue> pairs = new ArrayList<>();
		for (ByteString bytes : this.index.getField(field).getLengthDelimitedList()) {
			KeyValuePair pair = KeyValuePair.parseFrom(bytes);
			pairs.add(new KeyValue(pair.getKey(), pair.getValue()));
		}
		return pairs;
	}

	private static long number(UnknownFieldSet message, int field) {
		List<Long> values = message.getField(field).getVarintList();
		return values.isEmpty() ? 0 : values.get(values.size() - 1);
	}

}
