package dev.milvusbackup.e2e;

import java.nio.file.Path;

import dev.milvusbackup.testing.real.MilvusStorage;
import dev.milvusbackup.testing.real.RealMilvus;
import dev.milvusbackup.testing.real.RealMinio;

/**
 * One of the two storages of a configuration file, as YAML.
 */
record StoragePlace(String yaml) {

	static StoragePlace local(Path directory) {
		return new StoragePlace("{provider: local, rootPath: \"%s\"}".formatted(directory));
	}

	static StoragePlace bucket(RealMinio minio, String bucket, String rootPath) {
		return bucket(minio, minio.port(), bucket, rootPath);
	}

	/**
	 * @param port by which the server is reached
	 */
	static StoragePlace bucket(RealMinio minio, int port, String bucket, String rootPath) {
		return new StoragePlace("""
				{provider: minio, address: "%s", port: %d, bucketName: "%s", rootPath: "%s",
				      auth: {accessKeyID: "%s", secretAccessKey: "%s"}}""".formatted(minio.host(), port, bucket,
				rootPath, minio.accessKey(), minio.secretKey()));
	}

	/**
	 * Where the server keeps its objects.
	 */
	static StoragePlace of(RealMilvus milvus) {
		return (milvus.storage() instanceof MilvusStorage.Bucket bucket)
				? bucket(bucket.minio(), bucket.name(), bucket.rootPath()) : local(Path.of(milvus.rootPath()));
	}

}
