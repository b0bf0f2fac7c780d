package dev.milvusbackup.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import dev.milvusbackup.layout.BackupLayout;
import dev.milvusbackup.layout.MetaFile;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;

/**
 * The files in the meta directory of one backup.
 */
record MetaFiles(ObjectStore store, BackupLayout layout) {

	/**
	 * Reads a file with the given reader; empty when there is none.
	 */
	<T> Optional<T> read(MetaFile file, Function<JsonReader, T> content) {
		return open(file).map((reader) -> {
			try (reader) {
				return content.apply(reader);
			}
		});
	}

	/**
	 * A reader of the file, which the caller closes; empty when there is none.
	 */
	Optional<JsonReader> open(MetaFile file) {
		InputStream in;
		try {
			in = this.store.read(key(file));
		}
		catch (ObjectNotFoundException ex) {
			return Optional.empty();
		}
		Damage damage = damage(file);
		return Optional.of(new JsonReader(content(file, new StoreInput(in, damage.document()), damage), damage));
	}

	/** Writes a file of one object with the given properties. */
	void writeObject(MetaFile file, Consumer<JsonWriter> properties) {
		write(file, (json) -> json.object(() -> properties.accept(json)));
	}

	void write(MetaFile file, Consumer<JsonWriter> content) {
		Spool.write(this.store, key(file), (out) -> {
			try (JsonWriter json = new JsonWriter(GoJson.generator(target(file, out)))) {
				content.accept(json);
			}
		});
	}

	void delete(MetaFile file) {
		this.store.delete(List.of(key(file)));
	}

	Damage damage(MetaFile file) {
		String hint = switch (file) {
			case DRAFT -> "delete this backup, which was never finished, and create it again";
			case OBJECTS -> "put the file back from a copy, or create a new backup";
			default -> "put the file back from a copy, or delete the backup and create a new one";
		};
		return new Damage(this.store.address() + "/" + key(file), hint);
	}

	private ObjectKey key(MetaFile file) {
		return this.layout.meta(file);
	}

	private static boolean isCompressed(MetaFile file) {
		return file.fileName().endsWith(".gz");
	}

	private static InputStream content(MetaFile file, InputStream in, Damage damage) {
		if (!isCompressed(file)) {
			return in;
		}
		try {
			return new GZIPInputStream(in);
		}
		catch (IOException ex) {
			throw closed(in, damage.of("it is not compressed text", ex));
		}
		catch (StorageException ex) {
			throw closed(in, ex);
		}
	}

	private static <X extends RuntimeException> X closed(InputStream in, X failure) {
		try {
			in.close();
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
		}
		return failure;
	}

	private static OutputStream target(MetaFile file, OutputStream out) throws IOException {
		return isCompressed(file) ? new GZIPOutputStream(out) : out;
	}

}
