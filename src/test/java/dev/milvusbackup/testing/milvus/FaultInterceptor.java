package dev.milvusbackup.testing.milvus;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import dev.milvusbackup.testing.milvus.Faults.Fault;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.MethodDescriptor;
import io.milvus.shaded.io.grpc.ServerCall;
import io.milvus.shaded.io.grpc.ServerCallHandler;
import io.milvus.shaded.io.grpc.ServerInterceptor;

/**
 * Lets the scripted faults happen.
 */
final class FaultInterceptor implements ServerInterceptor {

	private final Faults faults;

	FaultInterceptor(Faults faults) {
		this.faults = faults;
	}

	@Override
	public <I, O> ServerCall.Listener<I> interceptCall(ServerCall<I, O> call, Metadata headers,
			ServerCallHandler<I, O> next) {
		Fault fault = this.faults.next(call.getMethodDescriptor().getBareMethodName());
		return switch (fault.effect()) {
			case NONE -> next.startCall(call, headers);
			case LOSE_ANSWER -> next.startCall(new Lost<>(call, fault), headers);
			case FAIL -> {
				call.close(fault.code().toStatus().withDescription("injected fault"), new Metadata());
				yield new ServerCall.Listener<>() {
				};
			}
			case REFUSE -> {
				call.sendHeaders(new Metadata());
				call.sendMessage(refusal(call.getMethodDescriptor(), fault.status()));
				call.close(io.milvus.shaded.io.grpc.Status.OK, new Metadata());
				yield new ServerCall.Listener<>() {
				};
			}
			case HANG -> new ServerCall.Listener<>() {
			};
		};
	}

	@SuppressWarnings("unchecked") // every answer of Milvus is a protobuf message
	private static <O> O refusal(MethodDescriptor<?, O> method, Status status) {
		Message empty = (Message) ((MethodDescriptor.PrototypeMarshaller<O>) method.getResponseMarshaller())
			.getMessagePrototype();
		if (empty instanceof Status) {
			return (O) status;
		}
		if (empty.getDescriptorForType() == Status.getDescriptor()) {
			return (O) DynamicMessage.newBuilder(status).build();
		}
		FieldDescriptor field = empty.getDescriptorForType().findFieldByName("status");
		return (O) empty.toBuilder().setField(field, status).build();
	}

	/**
	 * Executes the call and breaks the connection instead of answering.
	 */
	private static final class Lost<I, O> extends SimpleForwardingServerCall<I, O> {

		private final Fault fault;

		private Lost(ServerCall<I, O> call, Fault fault) {
			super(call);
			this.fault = fault;
		}

		@Override
		public void sendHeaders(Metadata headers) {
			// nothing of the answer gets out
		}

		@Override
		public void sendMessage(O message) {
			// nothing of the answer gets out
		}

		@Override
		public void close(io.milvus.shaded.io.grpc.Status status, Metadata trailers) {
			super.close(this.fault.code().toStatus().withDescription("connection lost"), new Metadata());
		}

	}

}
