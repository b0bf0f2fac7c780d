package dev.milvusbackup.milvus.etcd;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.milvus.shaded.io.grpc.MethodDescriptor;
import io.milvus.shaded.io.grpc.protobuf.lite.ProtoLiteUtils;

/**
 * The two requests of etcd's rpc.proto that are needed. Numbers of fields are written
 * here instead of generating classes for a whole interface.
 */
final class EtcdProtocol {

	static final MethodDescriptor<UnknownFieldSet, UnknownFieldSet> RANGE = method("etcdserverpb.KV", "Range");

	static final MethodDescriptor<UnknownFieldSet, UnknownFieldSet> AUTHENTICATE = method("etcdserverpb.Auth",
			"Authenticate");

	private static final int KEY = 1;

	private static final int RANGE_END = 2;

	private static final int LIMIT = 3;

	private static final int KEYS_ONLY = 8;

	private static final int PAIRS = 2;

	private static final int TOKEN = 2;

	private static final int PAIR_KEY = 1;

	private static final int PAIR_VALUE = 5;

	private EtcdProtocol() {
	}

	/**
	 * @param limit 0 for all
	 */
	static UnknownFieldSet range(String prefix, long limit, boolean keysOnly) {
		ByteString key = ByteString.copyFromUtf8(prefix);
		return UnknownFieldSet.newBuilder()
			.addField(KEY, bytes(key))
			.addField(RANGE_END, bytes(after(key)))
			.addField(LIMIT, number(limit))
			.addField(KEYS_ONLY, number(keysOnly ? 1 : 0))
			.build();
	}

	static UnknownFieldSet credentials(String user, String password) {
		return UnknownFieldSet.newBuilder()
			.addField(1, bytes(ByteString.copyFromUtf8(user)))
			.addField(2, bytes(ByteString.copyFromUtf8(password)))
			.build();
	}

	static String token(UnknownFieldSet answer) {
		return last(answer, TOKEN).toString(StandardCharsets.US_ASCII);
	}

	static List<EtcdEntry> entries(UnknownFieldSet answer) {
		return answer.getField(PAIRS).getLengthDelimitedList().stream().map(EtcdProtocol::entry).toList();
	}

	private static EtcdEntry entry(ByteString bytes) {
		try {
			UnknownFieldSet pair = UnknownFieldSet.parseFrom(bytes);
			return new EtcdEntry(last(pair, PAIR_KEY).toStringUtf8(), last(pair, PAIR_VALUE).toByteArray());
		}
		catch (InvalidProtocolBufferException ex) {
			throw new EtcdException(EtcdException.Kind.REFUSED, "the answer is not one of etcd", ex);
		}
	}

	private static ByteString last(UnknownFieldSet message, int field) {
		List<ByteString> values = message.getField(field).getLengthDelimitedList();
		return values.isEmpty() ? ByteString.EMPTY : values.get(values.size() - 1);
	}

	/** The first key that does not begin with the prefix, whose last byte is no 0xFF. */
	private static ByteString after(ByteString prefix) {
		byte[] end = prefix.toByteArray();
		end[end.length - 1]++;
		return ByteString.copyFrom(end);
	}

	private static Field bytes(ByteString value) {
		return Field.newBuilder().addLengthDelimited(value).build();
	}

	private static Field number(long value) {
		return Field.newBuilder().addVarint(value).build();
	}

	private static MethodDescriptor<UnknownFieldSet, UnknownFieldSet> method(String service, String name) {
		return MethodDescriptor.<UnknownFieldSet, UnknownFieldSet>newBuilder()
			.setType(MethodDescriptor.MethodType.UNARY)
			.setFullMethodName(MethodDescriptor.generateFullMethodName(service, name))
			.setRequestMarshaller(ProtoLiteUtils.marshaller(UnknownFieldSet.getDefaultInstance()))
			.setResponseMarshaller(ProtoLiteUtils.marshaller(UnknownFieldSet.getDefaultInstance()))
			.build();
	}

}
