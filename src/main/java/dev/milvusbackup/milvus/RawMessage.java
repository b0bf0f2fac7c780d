package dev.milvusbackup.milvus;

import java.util.List;
import java.util.Optional;

import com.google.protobuf.ByteString;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.MethodDescriptor;
import io.milvus.shaded.io.grpc.protobuf.ProtoUtils;
import io.milvus.shaded.io.grpc.stub.ClientCalls;

/**
 * A message that the SDK does not have, by the numbers of its fields. Values that are
 * missing read as empty or 0.
 */
record RawMessage(UnknownFieldSet fields) {

	static final RawMessage EMPTY = new RawMessage(UnknownFieldSet.getDefaultInstance());

	/**
	 * Sends this message as the request of a method of Milvus, and returns the answer.
	 */
	RawMessage send(MilvusServiceBlockingStub stub, String method) {
		MethodDescriptor<Empty, Empty> descriptor = MethodDescriptor.<Empty, Empty>newBuilder()
			.setType(MethodDescriptor.MethodType.UNARY)
			.setFullMethodName(MethodDescriptor.generateFullMethodName(MilvusServiceGrpc.SERVICE_NAME, method))
			.setRequestMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
			.setResponseMarshaller(ProtoUtils.marshaller(Empty.getDefaultInstance()))
			.build();
		Empty request = Empty.newBuilder().setUnknownFields(this.fields).build();
		return new RawMessage(
				ClientCalls.blockingUnaryCall(stub.getChannel(), descriptor, stub.getCallOptions(), request)
					.getUnknownFields());
	}

	/**
	 * The same message with one more value.
	 */
	RawMessage with(int number, String text) {
		return text.isEmpty() ? this
				: with(number, Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8(text)).build());
	}

	/**
	 * The same message with one more value.
	 */
	RawMessage with(int number, long value) {
		return (value == 0) ? this : with(number, Field.newBuilder().addVarint(value).build());
	}

	private RawMessage with(int number, Field field) {
		return new RawMessage(UnknownFieldSet.newBuilder(this.fields).mergeField(number, field).build());
	}

	String text(int number) {
		return last(bytes(number)).map(ByteString::toStringUtf8).orElse("");
	}

	List<String> texts(int number) {
		return bytes(number).stream().map(ByteString::toStringUtf8).toList();
	}

	long number(int number) {
		return last(this.fields.getField(number).getVarintList()).orElse(0L);
	}

	List<RawMessage> messages(int number) {
		return bytes(number).stream().map(RawMessage::parse).toList();
	}

	/**
	 * The status that every answer has as its first field.
	 */
	Status status() {
		return status(last(bytes(1)).orElse(ByteString.EMPTY));
	}

	/**
	 * The whole message as a status.
	 */
	Status asStatus() {
		return status(this.fields.toByteString());
	}

	private List<ByteString> bytes(int number) {
		return this.fields.getField(number).getLengthDelimitedList();
	}

	private static RawMessage parse(ByteString bytes) {
		try {
			return new RawMessage(UnknownFieldSet.parseFrom(bytes));
		}
		catch (InvalidProtocolBufferException ex) {
			throw new IllegalStateException("an answer of Milvus cannot be read", ex);
		}
	}

	private static Status status(ByteString bytes) {
		try {
			return Status.parseFrom(bytes);
		}
		catch (InvalidProtocolBufferException ex) {
			throw new IllegalStateException("an answer of Milvus cannot be read", ex);
		}
	}

	/** Of a value that was sent more than once, the last one counts. */
	private static <T> Optional<T> last(List<T> values) {
		return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
	}

}
