package dev.milvusbackup.crash;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Function;

import dev.milvusbackup.cli.Connectors;
import dev.milvusbackup.cli.MilvusBackup;
import dev.milvusbackup.cli.Surroundings;
import dev.milvusbackup.launch.JobRunsFactory;
import dev.milvusbackup.milvus.DefaultMilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector;
import dev.milvusbackup.milvus.MilvusConnector.Milvus;
import dev.milvusbackup.model.CollectionName;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreConnector;
import dev.milvusbackup.storage.connect.DefaultStoreConnector;

/**
 * The program with hooks. Arguments: the moment, the file for the records, and the
 * program's own.
 */
final class CrashChild {

	private CrashChild() {
	}

	public static void main(String[] args) {
		Hooks hooks = new Hooks(Moment.parse(args[0]), Path.of(args[1]));
		StoreConnector stores = new HookedStores(hooks, new DefaultStoreConnector());
		MilvusConnector milvus = (properties) -> milvus(hooks, new DefaultMilvusConnector().connect(properties));
		Connectors connectors = new Connectors(
				(settings) -> new JobRunsFactory(stores, milvus, HookConfiguration.class).open(settings), stores,
				milvus);
		MilvusBackup.runAndExit(Arrays.copyOfRange(args, 2, args.length), connectors, Surroundings.ofProcess());
	}

	/** Of what a connection hands out, every part is watched. */
	private static Milvus milvus(Hooks hooks, Milvus connection) {
		return hooks.watch(Milvus.class, connection, (arguments) -> "", (part) -> {
			if (part == null) {
				return null;
			}
			Class<?> type = part.getClass().getInterfaces()[0];
			return watch(hooks, type, part, (arguments) -> last(CollectionName.class, arguments));
		});
	}

	private static String last(Class<?> type, Object[] arguments) {
		return Arrays.stream(arguments)
			.filter(type::isInstance)
			.map(Object::toString)
			.reduce("", (first, second) -> second);
	}

	private static <T> T watch(Hooks hooks, Class<T> type, Object part, Function<Object[], String> detail) {
		return hooks.watch(type, type.cast(part), detail, Function.identity());
	}

	/**
	 * Opens watched stores.
	 */
	record HookedStores(Hooks hooks, StoreConnector stores) implements StoreConnector {

		@Override
		public ObjectStore open(StorageProperties properties) {
			return watched(this.stores.open(properties));
		}

		@Override
		public ObjectStore openOrCreate(StorageProperties properties) {
			return watched(this.stores.openOrCreate(properties));
		}

		private ObjectStore watched(ObjectStore store) {
			return this.hooks.watch(ObjectStore.class, store, (arguments) -> last(ObjectKey.class, arguments),
					Function.identity());
		}

	}

}
