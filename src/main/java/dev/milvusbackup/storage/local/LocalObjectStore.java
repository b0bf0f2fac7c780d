package dev.milvusbackup.storage.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import dev.milvusbackup.storage.ContentChecksum;
import dev.milvusbackup.storage.Listing;
import dev.milvusbackup.storage.MeteredStream;
import dev.milvusbackup.storage.ObjectChangedException;
import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectPrefix;
import dev.milvusbackup.storage.ObjectStat;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageProperties;
import dev.milvusbackup.storage.StoreAddress;
import dev.milvusbackup.storage.StoreMetrics;

/**
 * A directory as a store. An object is written under a temporary name, forced to disk and
 * then renamed, so that it is whole under its key or not there. Symbolic links below the
 * directory are followed. Entity tags do not exist here.
 */
public final class LocalObjectStore implements ObjectStore {

	private final LocalRoot root;

	private final StoreMetrics metrics;

	private final AtomicFiles files = new AtomicFiles();

	private LocalObjectStore(LocalRoot root, StoreMetrics metrics) {
		this.root = root;
		this.metrics = metrics;
	}

	/**
	 * The store of the directory {@code rootPath}, which must exist.
	 */
	public static LocalObjectStore open(StorageProperties properties, StoreMetrics metrics) {
		LocalRoot root = LocalRoot.of(properties);
		root.requireDirectory();
		return new LocalObjectStore(root, metrics);
	}

	/**
	 * The store of the directory {@code rootPath}, which is created when missing.
	 */
	public static LocalObjectStore openOrCreate(StorageProperties properties, StoreMetrics metrics) {
		Path root = LocalRoot.of(properties).directory();
		try {
			Directories.create(root);
		}
		catch (IOException ex) {
			throw LocalErrors.translate("create", root.toString(), ex);
		}
		return open(properties, metrics);
	}

	@Override
	public StoreAddress address() {
		return this.root.address();
	}

	@Override
	public Stream<ObjectStat> list(ObjectPrefix prefix) {
		this.root.requireDirectory();
		FileTree tree = new FileTree(this.root, prefix, this.metrics);
		return Listing.stream(tree, tree::close);
	}

	@Override
	public List<String> directories(ObjectPrefix prefix) {
		this.root.requireDirectory();
		return Directories.names(this.root, prefix, this.metrics);
	}

	@Override
	public Optional<Instant> lastModified(ObjectPrefix prefix, Predicate<ObjectKey> which) {
		try (Stream<ObjectStat> objects = list(prefix)) {
			return objects.map(ObjectStat::key)
				.filter(which)
				.flatMap((key) -> lastModified(key).stream())
				.max(Comparator.naturalOrder());
		}
	}

	private Optional<Instant> lastModified(ObjectKey key) {
		try {
			return Optional.of(Files.getLastModifiedTime(this.root.path(key.value())).toInstant());
		}
		catch (IOException ex) {
			if (LocalErrors.missing(ex)) {
				return Optional.empty();
			}
			throw LocalErrors.translate("stat", this.root.named(key.value()), ex);
		}
	}

	@Override
	public Optional<ObjectStat> stat(ObjectKey key) {
		this.metrics.stats().increment();
		try {
			BasicFileAttributes attributes = Files.readAttributes(this.root.path(key.value()),
					BasicFileAttributes.class);
			return attributes.isRegularFile() ? Optional.of(new ObjectStat(key, attributes.size(), null))
					: Optional.empty();
		}
		catch (IOException ex) {
			if (LocalErrors.missing(ex)) {
				return Optional.empty();
			}
			throw LocalErrors.translate("stat", this.root.named(key.value()), ex);
		}
	}

	@Override
	public InputStream read(ObjectKey key) {
		this.metrics.gets().increment();
		Path path = this.root.path(key.value());
		try {
			if (Files.isDirectory(path)) {
				throw new NoSuchFileException(path.toString());
			}
			InputStream in = Files.newInputStream(path);
			return new MeteredStream(in, Files.size(path), this.metrics);
		}
		catch (IOException ex) {
			throw LocalErrors.translate("read", this.root.named(key.value()), ex);
		}
	}

	@Override
	public ObjectStat write(ObjectKey key, ObjectContent content) {
		this.metrics.puts().increment();
		MessageDigest digest = ContentChecksum.md5Digest();
		try {
			this.files.write(this.root.target(key), (channel) -> {
				digest.reset();
				try (InputStream in = new DigestInputStream(ContentStream.open(content, key), digest)) {
					AtomicFiles.transfer(in, channel);
				}
			});
		}
		catch (IOException ex) {
			throw LocalErrors.translate("write", this.root.named(key.value()), ex);
		}
		this.metrics.bytesWritten().add(content.bytes());
		return new ObjectStat(key, content.bytes(), HexFormat.of().formatHex(digest.digest()));
	}

	@Override
	public ObjectStat copy(ObjectStore source, ObjectStat object, ObjectKey target) {
		this.metrics.copies().increment();
		Path from = LocalRoot.of(source.address()).path(object.key().value());
		MessageDigest digest = ContentChecksum.md5Digest();
		try (FileChannel in = FileChannel.open(from)) {
			requireSize(object, in.size(), from);
			this.files.write(this.root.target(target), (channel) -> {
				digest.reset();
				requireSize(object, AtomicFiles.transfer(in.position(0), channel, object.bytes(), digest), from);
				requireSize(object, in.size(), from);
			});
		}
		catch (IOException ex) {
			throw LocalErrors.translate("copy", from + "' to '" + this.root.named(target.value()), ex);
		}
		this.metrics.bytesCopied().add(object.bytes());
		return new ObjectStat(target, object.bytes(), HexFormat.of().formatHex(digest.digest()));
	}

	private static void requireSize(ObjectStat object, long bytes, Path file) {
		if (bytes != object.bytes()) {
			throw new ObjectChangedException(
					"unable to copy '" + file + "': it was listed with " + object.bytes() + " bytes, has " + bytes,
					null);
		}
	}

	/**
	 * Deletes the files and the directories that are empty without them.
	 */
	@Override
	public void delete(Collection<ObjectKey> keys) {
		Set<Path> parents = new LinkedHashSet<>();
		for (ObjectKey key : keys) {
			this.metrics.deletes().increment();
			Path path = this.root.path(key.value());
			try {
				if (!Files.isDirectory(path) && Files.deleteIfExists(path)) {
					parents.add(path.getParent());
				}
			}
			catch (IOException ex) {
				if (!LocalErrors.missing(ex)) {
					throw LocalErrors.translate("delete", this.root.named(key.value()), ex);
				}
			}
		}
		for (Path parent : parents) {
			prune(parent);
		}
	}

	private void prune(Path directory) {
		try {
			Directories.removeEmpty(directory, this.root.directory());
		}
		catch (IOException ex) {
			throw LocalErrors.translate("delete", directory.toString(), ex);
		}
	}

	@Override
	public void close() {
		// nothing is held between calls
	}

	@Override
	public String toString() {
		return address().toString();
	}

}
