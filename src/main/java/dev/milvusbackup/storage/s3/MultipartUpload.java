package dev.milvusbackup.storage.s3;

import java.util.List;
import java.util.function.Function;

import dev.milvusbackup.storage.ObjectKey;
import io.minio.AbortMultipartUploadArgs;
import io.minio.CompleteMultipartUploadArgs;
import io.minio.CreateMultipartUploadArgs;
import io.minio.messages.Part;
import org.jspecify.annotations.Nullable;

/**
 * Begins an upload in parts, completes it, or aborts it when a part fails.
 */
record MultipartUpload(S3Client client, S3Calls calls) {

	/**
	 * @param parts sends the parts to the upload of that id
	 * @return entity tag of the object
	 */
	@Nullable String run(ObjectKey target, Function<String, List<Part>> parts) {
		String uploadId = begin(target);
		try {
			return complete(target, uploadId, parts.apply(uploadId));
		}
		catch (RuntimeException ex) {
			abort(target, uploadId, ex);
			throw ex;
		}
	}

	private String begin(ObjectKey target) {
		CreateMultipartUploadArgs args = CreateMultipartUploadArgs.builder()
			.bucket(this.client.bucket())
			.object(target.value())
			.build();
		return this.calls.call("begin the upload of", target.value(), () -> this.client.createMultipartUpload(args))
			.result()
			.uploadId();
	}

	private @Nullable String complete(ObjectKey target, String uploadId, List<Part> parts) {
		CompleteMultipartUploadArgs args = CompleteMultipartUploadArgs.builder()
			.bucket(this.client.bucket())
			.object(target.value())
			.uploadId(uploadId)
			.parts(parts.toArray(Part[]::new))
			.maxRetries(1)
			.build();
		return S3Pages.etag(this.calls
			.call("complete the upload of", target.value(), () -> this.client.completeMultipartUpload(args))
			.etag());
	}

	/**
	 * The server keeps the parts of an upload until it is aborted; when that fails too,
	 * only the bucket's own rules can remove them, and the failure is told with the
	 * first.
	 */
	private void abort(ObjectKey target, String uploadId, RuntimeException failure) {
		AbortMultipartUploadArgs args = AbortMultipartUploadArgs.builder()
			.bucket(this.client.bucket())
			.object(target.value())
			.uploadId(uploadId)
			.build();
		try {
			this.calls.call("abort the upload of", target.value(), () -> this.client.abortMultipartUpload(args));
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
	}

}
