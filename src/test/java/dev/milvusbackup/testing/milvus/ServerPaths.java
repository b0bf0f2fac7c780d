package dev.milvusbackup.testing.milvus;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import org.jspecify.annotations.Nullable;

/**
 * What a path of an import means to the server. As in a real one a path is the beginning
 * of names: without a slash at its end it means its siblings too.
 *
 * @param localDirectory where the store's keys begin in the file system of the server,
 * null when the store is a bucket
 */
record ServerPaths(FakeBinlogs binlogs, @Nullable Path localDirectory) {

	/**
	 * All objects whose names begin so.
	 */
	List<ObjectStat> objects(String path) {
		return key(path)
			.map((key) -> this.binlogs.list(parent(key))
				.stream()
				.filter((object) -> object.key().value().startsWith(key))
				.toList())
			.orElse(List.of());
	}

	/**
	 * What is directly there: paths of directories and objects, those of directories with
	 * a slash at the end.
	 */
	List<String> children(String path) {
		return key(path).map((key) -> objects(path).stream().map((object) -> {
			int end = object.key().value().indexOf('/', key.length());
			return path(object.key().value().substring(0, (end < 0) ? object.key().value().length() : end + 1));
		}).distinct().toList()).orElse(List.of());
	}

	/** Name of the directory that is so many levels above the object. */
	static String directory(ObjectStat object, int level) {
		String[] parts = object.key().value().split("/");
		return (parts.length > level) ? parts[parts.length - 1 - level] : "";
	}

	static String baseName(String path) {
		String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
		return bare.substring(bare.lastIndexOf('/') + 1);
	}

	private static ObjectPrefix parent(String key) {
		return ObjectPrefix.of(key.substring(0, key.lastIndexOf('/') + 1));
	}

	private String path(String key) {
		return (this.localDirectory != null) ? root(this.localDirectory) + key : key;
	}

	private Optional<String> key(String path) {
		if (path.isEmpty() || path.contains("//")) {
			return Optional.empty();
		}
		if (this.localDirectory == null) {
			return path.startsWith("/") ? Optional.empty() : Optional.of(path);
		}
		String root = root(this.localDirectory);
		return path.startsWith(root) ? Optional.of(path.substring(root.length())) : Optional.empty();
	}

	private static String root(Path directory) {
		return directory.toString().equals("/") ? "/" : directory + "/";
	}

}
