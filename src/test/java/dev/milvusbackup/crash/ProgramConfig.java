package dev.milvusbackup.crash;

import java.nio.file.Path;

import dev.milvusbackup.testing.milvus.FakeMilvus;
import dev.milvusbackup.testing.real.RealMilvus;
import dev.milvusbackup.testing.real.RealMinio;

/**
 * What the program is told about its surroundings. Unless there is a database, the job
 * repository lies in the directory of the program.
 *
 * @param milvus the YAML of the section of that name
 * @param database JDBC URL of the job repository, empty for the embedded one
 * @param backups the YAML of the storage of the backups, empty for a directory of the
 * program's own
 */
record ProgramConfig(String milvus, String database, String backups) {

	static final String MILVUS_BUCKET = "a-bucket";

	static final String MILVUS_ROOT = "files";

	static final String BACKUP_BUCKET = "bk-bucket";

	static ProgramConfig of(RealMilvus milvus) {
		return of(milvus.port(), "http://%s:%d".formatted(milvus.host(), milvus.managementPort()),
				local(Path.of(milvus.rootPath())));
	}

	/**
	 * @param root the server's root path in the file system
	 */
	static ProgramConfig of(FakeMilvus milvus, Path root) {
		return of(milvus.port(), milvus.management().endpoint(), local(root));
	}

	/**
	 * A server whose objects are in one bucket, the backups in another one.
	 * @param backups where the keys of the backups begin
	 */
	static ProgramConfig ofBuckets(FakeMilvus milvus, int s3, String backups) {
		ProgramConfig server = of(milvus.port(), milvus.management().endpoint(),
				bucket(s3, MILVUS_BUCKET, MILVUS_ROOT));
		return new ProgramConfig(server.milvus(), "", bucket(s3, BACKUP_BUCKET, backups));
	}

	private static String bucket(int s3, String name, String root) {
		return """
				{provider: minio, address: 127.0.0.1, port: %d, bucketName: %s, rootPath: %s,
				    auth: {type: static, accessKeyID: key, secretAccessKey: secret}}""".formatted(s3, name, root);
	}

	/**
	 * A server whose objects are in a bucket, below the prefix {@code files}.
	 */
	static ProgramConfig of(RealMilvus milvus, RealMinio minio, String bucket) {
		return of(milvus.port(), "http://%s:%d".formatted(milvus.host(), milvus.managementPort()), """
				{provider: minio, address: %s, port: %d, bucketName: %s, rootPath: files,
				    auth: {type: static, accessKeyID: %s, secretAccessKey: %s}}""".formatted(minio.host(), minio.port(),
				bucket, minio.accessKey(), minio.secretKey()));
	}

	ProgramConfig withDatabase(String url) {
		return new ProgramConfig(this.milvus, url, this.backups);
	}

	ProgramConfig withBackups(Path place) {
		return new ProgramConfig(this.milvus, this.database, local(place));
	}

	static Path backupRoot(Path directory) {
		return directory.resolve("backups");
	}

	static Path repository(Path directory) {
		return directory.resolve("repository");
	}

	/**
	 * Two copies at once, so that there is an order in which segments are done; one
	 * collection after the other.
	 */
	String yaml(Path directory) {
		String repository = this.database.isEmpty() ? "directory: \"" + repository(directory) + "\""
				: "url: \"" + this.database + "\", user: postgres";
		return """
				configVersion: v2
				log: {console: true, file: {path: ""}}
				milvus:
				%s
				backup: {storage: %s, pauseGC: true, concurrency: {collections: 1}}
				restore: {concurrency: {collections: 1}}
				transfer: {concurrency: 2}
				batch: {repository: {%s}}
				""".formatted(this.milvus.indent(2),
				this.backups.isEmpty() ? local(backupRoot(directory)) : this.backups, repository);
	}

	private static ProgramConfig of(int port, String management, String storage) {
		return new ProgramConfig("""
				grpc: {address: 127.0.0.1, port: %d}
				management: {endpoint: "%s"}
				storage: %s""".formatted(port, management, storage), "", "");
	}

	private static String local(Path root) {
		return "{provider: local, rootPath: \"" + root + "\"}";
	}

}
