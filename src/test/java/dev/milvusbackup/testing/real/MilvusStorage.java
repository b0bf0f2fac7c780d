package dev.milvusbackup.testing.real;

/**
 * Where a real Milvus keeps its objects: in its own directory, or in a bucket.
 */
public sealed interface MilvusStorage {

	static MilvusStorage local() {
		return new Local();
	}

	/**
	 * Creates the bucket if it does not exist.
	 */
	static MilvusStorage minio(RealMinio minio, String bucket, String rootPath) {
		minio.createBucket(bucket);
		return new Bucket(minio, bucket, rootPath);
	}

	record Local() implements MilvusStorage {

		@Override
		public String toString() {
			return "local";
		}

	}

	record Bucket(RealMinio minio, String name, String rootPath) implements MilvusStorage {

		@Override
		public String toString() {
			return "minio-" + this.name;
		}

	}

}
