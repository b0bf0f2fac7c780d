package dev.milvusbackup.storage.local;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageException.Kind;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreAddress;

/**
 * The directory that keys are relative to, absolute.
 */
record LocalRoot(Path directory) {

	private static final String BACKEND = "local";

	static LocalRoot of(StorageProperties properties) {
		if (properties.rootPath().isBlank()) {
			throw new StorageException(Kind.CONFIGURATION, "unable to open local storage: no root path is set",
					"set rootPath to a directory", null);
		}
		try {
			return new LocalRoot(Path.of(properties.rootPath()).toAbsolutePath().normalize());
		}
		catch (InvalidPathException ex) {
			throw new StorageException(Kind.CONFIGURATION,
					"unable to open local storage '" + properties.rootPath() + "': " + ex.getMessage(), null, ex);
		}
	}

	/**
	 * The root of the local store of that address.
	 */
	static LocalRoot of(StoreAddress address) {
		if (!address.backend().equals(BACKEND)) {
			throw new IllegalArgumentException("not a local store: " + address);
		}
		return new LocalRoot(Path.of(address.container()));
	}

	StoreAddress address() {
		return new StoreAddress(BACKEND, this.directory.toString());
	}

	void requireDirectory() {
		if (!Files.isDirectory(this.directory)) {
			throw new StorageException(Kind.CONFIGURATION,
					"unable to open local storage '" + this.directory + "': there is no such directory",
					"check rootPath, and that the disk is mounted", null);
		}
	}

	/**
	 * The file of a key, or the directory of a prefix.
	 */
	Path path(String key) {
		try {
			return this.directory.resolve(key);
		}
		catch (InvalidPathException ex) {
			throw new StorageException(Kind.PERMANENT,
					"unable to use '" + key + "' in '" + this.directory + "': " + ex.getReason(),
					"run with a UTF-8 locale, e.g. LC_ALL=C.UTF-8", ex);
		}
	}

	/**
	 * The file to write for a key.
	 */
	Path target(ObjectKey key) {
		if (key.name().startsWith(AtomicFiles.TEMPORARY)) {
			throw new StorageException(Kind.PERMANENT,
					"unable to write '" + key + "': names that start with " + AtomicFiles.TEMPORARY + " are reserved",
					null, null);
		}
		return path(key.value());
	}

	String named(String key) {
		return this.directory + "/" + key;
	}

}
