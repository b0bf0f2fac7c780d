package dev.milvusbackup.storage.s3;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.milvusbackup.storage.ContentChecksum;
import io.minio.Checksum;
import io.minio.Http;
import io.minio.errors.MinioException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/**
 * Sends the next bytes of a stream without holding them: the library's own bodies are
 * whole parts on the heap. The payload is not part of the signature, as its sum would
 * have to be known beforehand; instead its MD5 sum is taken on the way, to be compared
 * with the entity tag of the answer. Can be sent once.
 */
final class StreamedBody extends Http.Body {

	private static final MediaType BINARY = Objects.requireNonNull(Http.DEFAULT_MEDIA_TYPE);

	private static final int BUFFER_BYTES = 16 * 1024;

	private final InputStream in;

	private final long bytes;

	private final boolean signed;

	private final MessageDigest digest = ContentChecksum.md5Digest();

	private final AtomicBoolean sent = new AtomicBoolean();

	/**
	 * @param in stays open
	 * @param bytes how many of them are sent; the stream has to have them
	 * @param signed whether there are credentials to sign with
	 */
	StreamedBody(InputStream in, long bytes, boolean signed) {
		super(new byte[0], 0, BINARY, Checksum.UNSIGNED_PAYLOAD, null);
		this.in = in;
		this.bytes = bytes;
		this.signed = signed;
	}

	/**
	 * The MD5 sum of what was sent, in hexadecimal digits; to be asked once.
	 */
	String md5Sum() {
		return HexFormat.of().formatHex(this.digest.digest());
	}

	/**
	 * A body that the library takes for foreign is neither hashed nor signed.
	 */
	@Override
	public boolean isHttpRequestBody() {
		return !this.signed;
	}

	@Override
	public Http.RequestBody toRequestBody() throws MinioException {
		return new OneShot(new Sender());
	}

	/**
	 * Keeps the HTTP client from sending the body again on another connection.
	 */
	private static final class OneShot extends Http.RequestBody {

		OneShot(RequestBody body) throws MinioException {
			super(body);
		}

		@Override
		public boolean isOneShot() {
			return true;
		}

	}

	private final class Sender extends RequestBody {

		@Override
		public @Nullable MediaType contentType() {
			return BINARY;
		}

		@Override
		public long contentLength() {
			return StreamedBody.this.bytes;
		}

		@Override
		public void writeTo(BufferedSink sink) throws IOException {
			if (!StreamedBody.this.sent.compareAndSet(false, true)) {
				throw new IOException("the stream has been sent already");
			}
			byte[] buffer = new byte[BUFFER_BYTES];
			for (long left = StreamedBody.this.bytes; left > 0;) {
				int count = read(buffer, (int) Math.min(left, buffer.length));
				StreamedBody.this.digest.update(buffer, 0, count);
				sink.write(buffer, 0, count);
				left -= count;
			}
		}

		private int read(byte[] buffer, int length) throws ContentException {
			try {
				int count = StreamedBody.this.in.read(buffer, 0, length);
				if (count < 0) {
					throw new IOException("it ended early");
				}
				return count;
			}
			catch (IOException | RuntimeException ex) {
				throw new ContentException(ex);
			}
		}

	}

}
