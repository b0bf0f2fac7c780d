package dev.milvusbackup.milvus;

import java.util.List;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import dev.milvusbackup.model.IndexExtra;
import dev.milvusbackup.model.KeyValue;

/**
 * {@code indexpb.FieldIndex} as Milvus stores it, which no SDK has. Numbers of fields are
 * those of index_coord.proto.
 */
record FieldIndexReader(RawMessage stored, RawMessage index) {

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
		RawMessage stored = new RawMessage(UnknownFieldSet.parseFrom(bytes));
		return new FieldIndexReader(stored,
				stored.messages(INDEX_INFO)
					.stream()
					.findFirst()
					.orElseThrow(() -> new InvalidProtocolBufferException("no index")));
	}

	boolean isDeleted() {
		return this.stored.number(DELETED) != 0;
	}

	long id() {
		return this.index.number(INDEX_ID);
	}

	IndexExtra extra() {
		return new IndexExtra(this.index.number(FIELD_ID), this.stored.number(CREATE_TIME), pairs(TYPE_PARAMS),
				pairs(INDEX_PARAMS), pairs(USER_PARAMS), this.index.number(AUTO_INDEX) != 0,
				(int) this.index.number(MIN_VERSION), (int) this.index.number(MAX_VERSION));
	}

	private List<KeyValue> pairs(int field) {
		return this.index.messages(field).stream().map((pair) -> new KeyValue(pair.text(1), pair.text(2))).toList();
	}

}
