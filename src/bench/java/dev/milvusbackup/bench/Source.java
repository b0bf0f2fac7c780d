package dev.milvusbackup.bench;

import java.io.IOException;
import java.util.Locale;

import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;

/**
 * A Milvus whose binlogs lie in a real MinIO.
 */
interface Source extends AutoCloseable {

	int CONCURRENCY = 128;

	/**
	 * As far away as the program sees it.
	 */
	ObjectStore store();

	/**
	 * What a backup copies.
	 */
	ObjectPrefix copied();

	MilvusAddress milvus();

	/**
	 * The storage of Milvus as the program sees it.
	 */
	StorageProperties storage();

	@Override
	void close() throws IOException;

	/**
	 * The configuration of the program.
	 * @param directory for what it keeps
	 */
	default String yaml(String directory) {
		StorageProperties storage = storage();
		return String.format(Locale.ROOT, """
				configVersion: v2
				log: {level: debug, console: false, file: {path: "%1$s/backup.log"}}
				milvus:
				  grpc: {address: %2$s, port: %3$d}
				  management: {endpoint: "%4$s"}
				  storage: {provider: minio, address: %5$s, port: %6$d, bucketName: %7$s, rootPath: files,
				    auth: {type: static, accessKeyID: %8$s, secretAccessKey: %9$s}}
				backup: {storage: {rootPath: backup}}
				transfer: {concurrency: %10$d}
				batch: {repository: {directory: "%1$s/repository"}}
				""", directory, milvus().host(), milvus().port(), milvus().managementEndpoint(), storage.address(),
				storage.port(), storage.bucket(), storage.accessKey(), storage.secretKey(), CONCURRENCY);
	}

	/**
	 * Where the server is.
	 */
	record MilvusAddress(String host, int port, String managementEndpoint) {
	}

}
