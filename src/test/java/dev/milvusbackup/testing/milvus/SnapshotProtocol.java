package dev.milvusbackup.testing.milvus;

import java.util.List;
import java.util.Map;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Type;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import io.milvus.grpc.CommonProto;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.MethodDescriptor;
import io.milvus.shaded.io.grpc.protobuf.ProtoUtils;

/**
 * The requests for snapshots of Milvus 3.0 that backups need. The SDK does not have them
 * yet; names and numbers of fields are those of milvus.proto of milvus-proto. States of
 * jobs are 1 pending, 2 executing, 3 completed, 4 failed.
 */
final class SnapshotProtocol {

	static final String SERVICE = "milvus.proto.milvus.MilvusService";

	/** Request to the name of its answer. */
	static final Map<String, String> ANSWERS = Map.of("CreateSnapshot", "Status", "DropSnapshot", "Status",
			"ListSnapshots", "ListSnapshotsResponse", "DescribeSnapshot", "DescribeSnapshotResponse", "ExportSnapshot",
			"JobResponse", "GetExportSnapshotState", "GetExportSnapshotStateResponse", "RestoreExternalSnapshot",
			"RestoreExternalSnapshotResponse", "GetRestoreSnapshotState", "GetRestoreSnapshotStateResponse",
			"ListRestoreSnapshotJobs", "ListRestoreSnapshotJobsResponse");

	/** {@code name:number:type} of the fields of each message; {@code *} for many. */
	private static final Map<String, List<String>> MESSAGES = Map.ofEntries(
			Map.entry("CreateSnapshotRequest",
					List.of("name:2:s", "description:3:s", "db_name:4:s", "collection_name:5:s",
							"compaction_protection_seconds:6:n")),
			Map.entry("DropSnapshotRequest", List.of("name:2:s", "db_name:3:s", "collection_name:4:s")),
			Map.entry("ListSnapshotsRequest", List.of("db_name:2:s", "collection_name:3:s")),
			Map.entry("ListSnapshotsResponse", List.of("status:1:S", "snapshots:2:r")),
			Map.entry("DescribeSnapshotRequest", List.of("name:2:s", "db_name:3:s", "collection_name:4:s")),
			Map.entry("DescribeSnapshotResponse",
					List.of("status:1:S", "name:2:s", "description:3:s", "collection_name:4:s", "partition_names:5:r",
							"create_ts:6:n", "s3_location:7:s")),
			Map.entry("ExportSnapshotRequest",
					List.of("name:2:s", "db_name:3:s", "collection_name:4:s", "target_s3_path:5:s",
							"external_spec:6:s")),
			Map.entry("JobResponse", List.of("status:1:S", "job_id:3:n")),
			Map.entry("GetExportSnapshotStateRequest", List.of("job_id:2:n")),
			Map.entry("GetExportSnapshotStateResponse", List.of("status:1:S", "info:2:ExportSnapshotInfo")),
			Map.entry("ExportSnapshotInfo",
					List.of("job_id:1:n", "snapshot_name:2:s", "db_name:3:s", "collection_name:4:s", "state:5:i",
							"progress:6:i", "reason:7:s", "total_files:10:n", "copied_files:11:n",
							"snapshot_metadata_uri:12:s", "total_bytes:13:n")),
			Map.entry("RestoreExternalSnapshotRequest",
					List.of("db_name:2:s", "target_collection_name:3:s", "snapshot_metadata_uri:4:s",
							"external_spec:5:s")),
			Map.entry("RestoreExternalSnapshotResponse", List.of("status:1:S", "job_id:2:n")),
			Map.entry("GetRestoreSnapshotStateRequest", List.of("job_id:2:n")),
			Map.entry("GetRestoreSnapshotStateResponse", List.of("status:1:S", "info:2:RestoreSnapshotInfo")),
			Map.entry("ListRestoreSnapshotJobsRequest", List.of("db_name:2:s", "collection_name:3:s")),
			Map.entry("ListRestoreSnapshotJobsResponse", List.of("status:1:S", "jobs:2:RestoreSnapshotInfo*")),
			Map.entry("RestoreSnapshotInfo", List.of("job_id:1:n", "snapshot_name:2:s", "db_name:3:s",
					"collection_name:4:s", "state:5:i", "progress:6:i", "reason:7:s")));

	private static final FileDescriptor FILE = file();

	private SnapshotProtocol() {
	}

	static MethodDescriptor<DynamicMessage, DynamicMessage> method(String request) {
		return MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
			.setType(MethodDescriptor.MethodType.UNARY)
			.setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, request))
			.setRequestMarshaller(ProtoUtils.marshaller(empty(request + "Request")))
			.setResponseMarshaller(ProtoUtils.marshaller(empty(ANSWERS.get(request))))
			.build();
	}

	/**
	 * The message of that name without any value.
	 */
	static DynamicMessage empty(String message) {
		return DynamicMessage.getDefaultInstance(descriptor(message));
	}

	static Object get(DynamicMessage message, String field) {
		return message.getField(message.getDescriptorForType().findFieldByName(field));
	}

	/**
	 * The same message with one more value.
	 */
	static DynamicMessage with(DynamicMessage message, String field, Object value) {
		return message.toBuilder().setField(message.getDescriptorForType().findFieldByName(field), value).build();
	}

	private static Descriptor descriptor(String message) {
		return message.equals("Status") ? Status.getDescriptor() : FILE.findMessageTypeByName(message);
	}

	private static FileDescriptor file() {
		FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder()
			.setName("snapshots.proto")
			.setPackage("milvus.proto.snapshots")
			.setSyntax("proto3")
			.addDependency(CommonProto.getDescriptor().getName());
		MESSAGES.forEach((name, fields) -> {
			DescriptorProto.Builder message = DescriptorProto.newBuilder().setName(name);
			fields.forEach((field) -> message.addField(field(field.split(":"))));
			file.addMessageType(message);
		});
		try {
			return FileDescriptor.buildFrom(file.build(), new FileDescriptor[] { CommonProto.getDescriptor() });
		}
		catch (DescriptorValidationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static FieldDescriptorProto field(String[] parts) {
		FieldDescriptorProto.Builder field = FieldDescriptorProto.newBuilder()
			.setName(parts[0])
			.setNumber(Integer.parseInt(parts[1]))
			.setLabel((parts[2].equals("r") || parts[2].endsWith("*")) ? Label.LABEL_REPEATED : Label.LABEL_OPTIONAL);
		return switch (parts[2]) {
			case "s", "r" -> field.setType(Type.TYPE_STRING).build();
			case "n" -> field.setType(Type.TYPE_INT64).build();
			case "i" -> field.setType(Type.TYPE_INT32).build();
			case "S" ->
				field.setType(Type.TYPE_MESSAGE).setTypeName("." + Status.getDescriptor().getFullName()).build();
			default -> field.setType(Type.TYPE_MESSAGE)
				.setTypeName(".milvus.proto.snapshots." + parts[2].replace("*", ""))
				.build();
		};
	}

}
