package dev.milvusbackup.storage.s3;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStat;
import io.minio.SourceObject;
import org.jspecify.annotations.Nullable;

/**
 * Copies inside the server, conditional on the source's tag: small objects in one
 * request, large ones in parts.
 */
record S3Copy(MultipartUpload upload, S3Limits limits, MultipartCopy inParts) {

	/**
	 * @param object with its tag
	 * @return entity tag of the copy
	 */
	@Nullable String copy(String bucket, ObjectStat object, ObjectKey target) {
		SourceObject source = SourceObject.builder()
			.bucket(bucket)
			.object(object.key().value())
			.matchETag(object.etag())
			.build();
		return (object.bytes() < this.limits.plainCopyBytes()) ? copyAtOnce(source, object, target)
				: this.inParts.copy(source, object, target);
	}

	private @Nullable String copyAtOnce(SourceObject source, ObjectStat object, ObjectKey target) {
		String what = object.key() + "' to '" + target;
		return S3Pages.etag(this.upload.calls()
			.call("copy", what, () -> this.upload.client().copy(target, source.makeCopyHeaders())));
	}

}
