package dev.milvusbackup.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.storage.s3.FakeS3;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeMilvus;

/**
 * A simulated Milvus 3.0 with some collections in a bucket, and another bucket for the
 * backups, to which it exports snapshots.
 *
 * @param directory what the programs keep is below it
 * @param backups the bucket
 */
record SnapshotSource(Path directory, FakeS3 s3, ObjectStore objects, ObjectStore backups,
		FakeMilvus milvus) implements AutoCloseable {

	static final List<String> COLLECTIONS = List.of("default.books", "default.tags", "shop.goods");

	static final String FILTER = String.join(",", COLLECTIONS);

	private static final String VERSION = "3.0.0";

	static SnapshotSource start(Path directory) {
		FakeS3 s3;
		try {
			s3 = new FakeS3();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		ObjectStore objects = bucket(s3, ProgramConfig.MILVUS_BUCKET);
		ObjectStore backups = bucket(s3, ProgramConfig.BACKUP_BUCKET);
		FakeMilvus milvus = FakeMilvus.start(VERSION, objects, ObjectPrefix.of(ProgramConfig.MILVUS_ROOT));
		milvus.snapshots().addBucket(ProgramConfig.MILVUS_BUCKET, objects);
		milvus.snapshots().addBucket(ProgramConfig.BACKUP_BUCKET, backups);
		for (String name : COLLECTIONS) {
			FakeCollection collection = milvus.collection(name);
			collection.insertSegment("_default", 10 + name.length());
			collection.insertSegment("new", 5, 2);
		}
		return new SnapshotSource(directory, s3, objects, backups, milvus);
	}

	private static ObjectStore bucket(FakeS3 s3, String name) {
		s3.createBucket(name);
		return new DefaultStoreConnector().open(new StorageProperties("minio", "127.0.0.1", s3.port(), null, false,
				name, "", null, "key", "secret", null, 4, 1L << 30));
	}

	Program program(String name) {
		return new Program(this.directory.resolve(name), config(name));
	}

	/**
	 * A program with the backups of another one.
	 */
	Program program(String name, String backupsOf) {
		return new Program(this.directory.resolve(name), config(backupsOf));
	}

	private ProgramConfig config(String backups) {
		return ProgramConfig.ofBuckets(this.milvus, this.s3.port(), backups);
	}

	/**
	 * The backup that a program made.
	 */
	BackupImage backup(String program) {
		return BackupImage.read(this.backups, ObjectPrefix.of(program).directory(Program.NAME));
	}

	@Override
	public void close() {
		this.milvus.close();
		this.objects.close();
		this.backups.close();
		this.s3.close();
	}

}
