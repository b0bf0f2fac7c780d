package dev.milvusbackup.storage.s3;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageException.Kind;
import io.minio.DeleteObjectsArgs;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;

/**
 * Deletes in batches of 1,000. An answer with status 200 may still hold errors of single
 * keys: they fail the batch.
 */
record S3Deletion(S3Client client, S3Calls calls) {

	private static final int BATCH = 1000;

	private static final int NAMED = 3;

	void delete(Collection<ObjectKey> keys) {
		List<ObjectKey> all = new ArrayList<>(keys);
		for (int from = 0; from < all.size(); from += BATCH) {
			deleteBatch(all.subList(from, Math.min(all.size(), from + BATCH)));
		}
	}

	private void deleteBatch(List<ObjectKey> keys) {
		DeleteObjectsArgs args = DeleteObjectsArgs.builder()
			.bucket(this.client.bucket())
			.objects(keys.stream().map((key) -> new DeleteRequest.Object(key.value())).toList())
			.quiet(true)
			.build();
		List<DeleteResult.Error> errors = this.calls
			.call("delete", keys.get(0).value(), () -> this.client.deleteObjects(args))
			.result()
			.errors()
			.stream()
			.filter((error) -> !"NoSuchKey".equals(error.code()))
			.toList();
		if (!errors.isEmpty()) {
			throw failed(errors, keys.size());
		}
	}

	/**
	 * A batch is worth trying again when each of its errors is.
	 */
	private StorageException failed(List<DeleteResult.Error> errors, int all) {
		List<Kind> kinds = errors.stream().map((error) -> S3Errors.kind(error.code())).distinct().toList();
		Kind kind = (kinds.size() == 1) ? kinds.get(0) : Kind.PERMANENT;
		List<String> named = errors.stream()
			.limit(NAMED)
			.map((error) -> "'" + error.objectName() + "': " + S3Errors.message(error))
			.toList();
		String more = (errors.size() > NAMED) ? ", and " + (errors.size() - NAMED) + " more" : "";
		return new StorageException(kind, "unable to delete " + errors.size() + " of " + all + " objects in '"
				+ this.calls.named("") + "': " + String.join(", ", named) + more, null, null);
	}

}
