package dev.milvusbackup.testing.milvus;

import dev.milvusbackup.model.CollectionName;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.Status;

/**
 * Parts of answers, as a server of that version words them.
 */
@SuppressWarnings("deprecation") // the old code is all that Milvus 2.2 sends
final class Answers {

	private final FakeVersion version;

	Answers(FakeVersion version) {
		this.version = version;
	}

	static KeyValuePair pair(String key, String value) {
		return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
	}

	Status good() {
		return Status.getDefaultInstance();
	}

	Status error(int code, String reason) {
		return error(ErrorCode.UnexpectedError, code, reason);
	}

	Status error(ErrorCode old, int code, String reason) {
		Status.Builder status = Status.newBuilder().setErrorCode(old).setReason(reason);
		return this.version.hasStatusCodes() ? status.setCode(code).setDetail(reason).build() : status.build();
	}

	Status error(Refusal refusal) {
		return error(refusal.code, refusal.getMessage());
	}

	Status collectionMissing(CollectionName name) {
		return this.version.hasStatusCodes()
				? error(100,
						"can't find collection collection not found[database=" + name.database() + "][collection="
								+ name.name() + "]")
				: error(100, "code: CollectionNotExists, reason: can't find collection " + name.database() + ":"
						+ name.name());
	}

	Status partitionMissing(String collection, String partition) {
		return this.version.hasStatusCodes()
				? error(ErrorCode.MetaFailed, 200, "partition not found[partition=" + partition + "]")
				: error(200, "partition ID not found for partition name '" + partition + "' in collection '"
						+ collection + "'");
	}

	Status databaseMissing(String name) {
		return error(800, this.version.hasStatusCodes() ? "database not found[database=" + name + "]"
				: "ShowCollections failed: database:" + name + " not found");
	}

	Status indexMissing(FakeCollection collection) {
		return error(ErrorCode.IndexNotExist, 700,
				this.version.hasStatusCodes() ? "index not found[collection=" + collection.name().name() + "]"
						: "index doesn't exist, collectionID " + collection.id());
	}

	Status jobMissing(long id) {
		return error(1000, this.version.hasStatusCodes() ? "key not found[key=by-dev/meta/importtask/" + id + "]"
				: "import task id doesn't exist");
	}

	Status rateLimited() {
		return error(ErrorCode.RateLimit, 8, "request is rejected by limiter: rate limit exceeded");
	}

}
