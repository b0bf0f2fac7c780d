package dev.milvusbackup.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import dev.milvusbackup.storage.ExactStream;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StoreMetrics;
import io.minio.Http;
import io.minio.messages.Part;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Uploads content as a stream: in one request up to the size of a part, else part after
 * part. The stream is opened by the caller's thread; the bytes pass through buffers of a
 * fixed size.
 */
final class S3Writer {

	private final MultipartUpload upload;

	private final S3Limits limits;

	private final StoreMetrics metrics;

	S3Writer(MultipartUpload upload, S3Limits limits, StoreMetrics metrics) {
		this.upload = upload;
		this.limits = limits;
		this.metrics = metrics;
	}

	/**
	 * @return entity tag of the object
	 */
	@Nullable String write(ObjectKey key, ObjectContent content) {
		try (InputStream in = ExactStream.of(content, key)) {
			long partBytes = this.limits.partBytes(content.bytes());
			if (content.bytes() <= partBytes) {
				return put(key, new Http.QueryParameters(), in, content.bytes());
			}
			return this.upload.run(key, (uploadId) -> parts(key, uploadId, in, content.bytes()));
		}
		catch (IOException ex) {
			throw S3Errors.translate("write", this.upload.calls().named(key.value()), ex);
		}
	}

	private List<Part> parts(ObjectKey key, String uploadId, InputStream in, long bytes) {
		long partBytes = this.limits.partBytes(bytes);
		List<Part> parts = new ArrayList<>();
		for (long from = 0; from < bytes; from += partBytes) {
			int number = parts.size() + 1;
			Http.QueryParameters part = new Http.QueryParameters("partNumber", Integer.toString(number), "uploadId",
					uploadId);
			parts.add(new Part(number, put(key, part, in, Math.min(partBytes, bytes - from))));
		}
		return parts;
	}

	private @Nullable String put(ObjectKey key, Http.QueryParameters part, InputStream in, long bytes) {
		S3Client client = this.upload.client();
		StreamedBody body = client.body(in, bytes);
		try (Response response = this.upload.calls().call("write", key.value(), () -> client.put(key, part, body))) {
			this.metrics.bytesWritten().add(bytes);
			String etag = S3Pages.etag(response.header("ETag"));
			requireIntact(key, response, etag, body.md5Sum());
			return etag;
		}
	}

	/**
	 * The tag is the MD5 sum unless the server encrypts or says by its form that it is
	 * something else.
	 */
	private void requireIntact(ObjectKey key, Response response, @Nullable String etag, String md5) {
		boolean comparable = etag != null && etag.matches("[0-9a-f]{32}")
				&& response.header("x-amz-server-side-encryption") == null;
		if (comparable && !md5.equals(etag)) {
			throw new StorageException(StorageException.Kind.TRANSIENT,
					"unable to write '" + this.upload.calls().named(key.value())
							+ "': other bytes have arrived at the server (MD5 " + etag + ") than were sent (MD5 " + md5
							+ ")",
					"check network and server", null);
		}
	}

}
