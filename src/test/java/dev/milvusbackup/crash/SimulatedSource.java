package dev.milvusbackup.crash;

import java.nio.file.Path;
import java.util.List;

import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;
import dev.milvusbackup.testing.milvus.FakeCollection;
import dev.milvusbackup.testing.milvus.FakeMilvus;

/**
 * A simulated Milvus with two collections of several segments, on local storage.
 *
 * @param directory what the server and the programs keep is below it
 */
record SimulatedSource(Path directory, ObjectStore store, FakeMilvus milvus) implements AutoCloseable {

	static final String FILTER = "default.books,default.tags";

	private static final String ROOT = "milvus";

	/**
	 * The newest of those that import over gRPC only; it can pause garbage collection.
	 */
	private static final String VERSION = "2.3.22";

	static SimulatedSource start(Path directory) {
		ObjectStore store = new DefaultStoreConnector().openOrCreate(new StorageProperties("local", "", 0, null, false,
				"", directory.toString(), null, null, null, null, 4, 1L << 30));
		FakeMilvus milvus = FakeMilvus.startLocal(VERSION, store, directory, ObjectPrefix.of(ROOT + "/"));
		FakeCollection books = milvus.collection("default.books");
		books.partition("new");
		for (int segment = 0; segment < 4; segment++) {
			books.insertSegment("_default", 100 + segment, segment);
			books.insertSegment("new", 200 + segment);
		}
		milvus.collection("default.tags").insertSegment("_default", 50);
		return new SimulatedSource(directory, store, milvus);
	}

	ProgramConfig config() {
		return ProgramConfig.of(this.milvus, this.directory.resolve(ROOT));
	}

	Program program(String name) {
		return new Program(this.directory.resolve(name), config());
	}

	/**
	 * What the collection's segments hold: for each the segment that its rows were first
	 * written for.
	 */
	List<Long> content(String collection) {
		FakeCollection found = this.milvus.find(CollectionName.parse(collection).toString());
		return (found != null) ? found.origins() : List.of();
	}

	@Override
	public void close() {
		this.milvus.close();
		this.store.close();
	}

}
