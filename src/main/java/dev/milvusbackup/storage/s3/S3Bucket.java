package dev.milvusbackup.storage.s3;

import dev.milvusbackup.storage.StorageException;
import io.minio.CreateBucketArgs;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is a bucket at all.
 */
final class S3Bucket {

	private final S3Client client;

	private final S3Calls calls;

	private final S3Pages pages;

	private volatile boolean seen;

	S3Bucket(S3Client client, S3Calls calls, S3Pages pages) {
		this.client = client;
		this.calls = calls;
		this.pages = pages;
	}

	/**
	 * Fails when there is none. The answer to the question for one object does not tell a
	 * missing bucket from a missing object; so this asks once.
	 */
	void require() {
		if (!this.seen) {
			this.pages.requireBucket();
			this.seen = true;
		}
	}

	/**
	 * Creates the bucket when missing. That another process does the same at this moment
	 * is no error.
	 */
	void create(@Nullable String region) {
		try {
			require();
		}
		catch (NoSuchBucketException ex) {
			CreateBucketArgs.Builder args = CreateBucketArgs.builder().bucket(this.client.bucket());
			if (region != null) {
				args.region(region);
			}
			send(args.build());
		}
	}

	private void send(CreateBucketArgs args) {
		try {
			this.calls.call("create bucket", args.bucket(), () -> this.client.createBucket(args));
			this.seen = true;
		}
		catch (StorageException ex) {
			requireInstead(ex);
		}
	}

	private void requireInstead(StorageException failure) {
		try {
			require();
		}
		catch (StorageException ex) {
			failure.addSuppressed(ex);
			throw failure;
		}
	}

}
