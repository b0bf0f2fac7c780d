package dev.milvusbackup.storage;

import org.jspecify.annotations.Nullable;

/**
 * Where a store is and how to get in.
 *
 * @param provider {@code local}, {@code minio}, {@code s3}, {@code aliyun},
 * {@code tencent}, {@code hwc} or {@code gcp} (names as in the Go tool)
 * @param bucket not used by local storage
 * @param rootPath directory in the bucket; for local storage the directory on disk
 * @param localPath local storage only: {@code rootPath} as Milvus sees it, null when the
 * same
 * @param accessKey null for none
 * @param concurrency how many requests may run at once, at least 1
 * @param multipartThreshold bytes from which on a copy is done in parts
 * @param milvusEndpoint host, or host and port, by which Milvus reaches the store where
 * it is told of it; null for the one that it knows itself
 * @param iam where temporary keys come from, null to use the keys that are given
 */
public record StorageProperties(String provider, String address, int port, @Nullable String region, boolean useSsl,
		String bucket, String rootPath, @Nullable String localPath, @Nullable String accessKey,
		@Nullable String secretKey, @Nullable String sessionToken, int concurrency, long multipartThreshold,
		@Nullable String milvusEndpoint, @Nullable Iam iam) {

	/**
	 * A store with static keys, or none, that Milvus reaches by itself.
	 */
	public StorageProperties(String provider, String address, int port, @Nullable String region, boolean useSsl,
			String bucket, String rootPath, @Nullable String localPath, @Nullable String accessKey,
			@Nullable String secretKey, @Nullable String sessionToken, int concurrency, long multipartThreshold) {
		this(provider, address, port, region, useSsl, bucket, rootPath, localPath, accessKey, secretKey, sessionToken,
				concurrency, multipartThreshold, null, null);
	}

	public boolean isLocal() {
		return "local".equals(this.provider);
	}

	/**
	 * Prefix of all keys in the store that {@link StoreConnector#open} gives: empty for
	 * local storage, whose store is the root directory itself.
	 */
	public ObjectPrefix keyRoot() {
		return isLocal() ? ObjectPrefix.ROOT : ObjectPrefix.of(this.rootPath);
	}

	/**
	 * The path of a key or prefix as Milvus sees it: relative to the bucket, or absolute
	 * for local storage (format.md 8).
	 */
	public String milvusPath(String key) {
		if (!isLocal()) {
			return key;
		}
		String directory = (this.localPath != null && !this.localPath.isEmpty()) ? this.localPath : this.rootPath;
		return directory.endsWith("/") ? directory + key : directory + "/" + key;
	}

	/**
	 * Where it is, for people: the directory, or the server with bucket and root path.
	 */
	public String place() {
		return isLocal() ? milvusPath("") : this.address + ":" + this.port + "/" + this.bucket + "/" + this.rootPath;
	}

	/**
	 * The same store with another bucket and root path.
	 */
	public StorageProperties at(String otherBucket, String otherRootPath) {
		return new StorageProperties(this.provider, this.address, this.port, this.region, this.useSsl, otherBucket,
				otherRootPath, this.localPath, this.accessKey, this.secretKey, this.sessionToken, this.concurrency,
				this.multipartThreshold, this.milvusEndpoint, this.iam);
	}

	/**
	 * The role of the machine or pod, as its surroundings tell it.
	 *
	 * @param endpoint of the metadata service, null for the usual one
	 */
	public record Iam(@Nullable String endpoint) {
	}

	@Override
	public String toString() {
		return "StorageProperties[" + this.provider + " " + place() + "]";
	}

}
