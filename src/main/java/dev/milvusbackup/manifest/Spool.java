package dev.milvusbackup.manifest;

import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.milvusbackup.storage.ObjectContent;
import dev.milvusbackup.storage.ObjectKey;
import dev.milvusbackup.storage.ObjectStore;
import dev.milvusbackup.storage.StorageException;
import tools.jackson.core.exc.JacksonIOException;

/**
 * Writes an object whose size is not known beforehand by way of a temporary file, so that
 * its content is never in memory and an attempt can be repeated.
 */
final class Spool {

	/**
	 * Names the process, so that the file of a killed one can be told from one in use.
	 */
	static final String PREFIX = "milvus-backup-" + ProcessHandle.current().pid() + "-";

	private Spool() {
	}

	static void write(ObjectStore store, ObjectKey key, Content content) {
		try {
			Path file = Files.createTempFile(PREFIX, ".tmp");
			try {
				// not by way of a channel, which an interrupt would close
				try (OutputStream out = new BufferedOutputStream(new FileOutputStream(file.toFile()))) {
					content.writeTo(out);
				}
				store.write(key, new FileContent(file, Files.size(file)));
			}
			finally {
				Files.deleteIfExists(file);
			}
		}
		catch (IOException | JacksonIOException ex) {
			String directory = System.getProperty("java.io.tmpdir");
			throw new StorageException(StorageException.Kind.PERMANENT,
					"unable to write temporary file for '" + key + "' in '" + directory + "': " + ex.getMessage(),
					"make room there, or name another directory with -Djava.io.tmpdir", ex);
		}
	}

	/** Writes the object's bytes. */
	interface Content {

		void writeTo(OutputStream out) throws IOException;

	}

	private record FileContent(Path file, long bytes) implements ObjectContent {

		@Override
		public InputStream open() throws IOException {
			return Files.newInputStream(this.file);
		}

	}

}
