package dev.milvusbackup.storage.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * Writes files that are whole or not there, also after a power cut. What a killed process
 * left behind under a temporary name is removed by the next write into the directory once
 * it has not changed for a while (a living writer's file changes all the time), or
 * together with the directory.
 */
final class AtomicFiles {

	/** Start of the names that are no objects. */
	static final String TEMPORARY = ".tmp-";

	private static final Duration ABANDONED = Duration.ofMinutes(15);

	private static final int BUFFER_BYTES = 64 * 1024;

	private static final int CREATE_TRIES = 5;

	private final Clock clock;

	AtomicFiles() {
		this(Clock.systemUTC());
	}

	AtomicFiles(Clock clock) {
		this.clock = clock;
	}

	/**
	 * Replaces the file by what the filler writes. When the filler fails, there is no
	 * trace of it.
	 */
	void write(Path target, Filler filler) throws IOException {
		Path directory = target.getParent();
		Path temporary = directory.resolve(TEMPORARY + UUID.randomUUID());
		try {
			try (FileChannel channel = create(temporary)) {
				removeAbandoned(directory);
				filler.fill(channel);
				channel.force(true);
			}
			Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (IOException | RuntimeException ex) {
			deleteAfter(ex, temporary);
			throw ex;
		}
		Directories.force(directory);
	}

	/**
	 * Creates the file. A delete may remove the directory as empty meanwhile, so this is
	 * tried more than once.
	 */
	private static FileChannel create(Path file) throws IOException {
		for (int i = 1;; i++) {
			Directories.create(file.getParent());
			try {
				return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
			}
			catch (NoSuchFileException ex) {
				if (i == CREATE_TRIES) {
					throw ex;
				}
			}
		}
	}

	private static void deleteAfter(Exception failure, Path file) {
		try {
			Files.deleteIfExists(file);
		}
		catch (IOException ex) {
			failure.addSuppressed(ex);
		}
	}

	private void removeAbandoned(Path directory) throws IOException {
		Instant before = this.clock.instant().minus(ABANDONED);
		try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, TEMPORARY + "*")) {
			for (Path file : files) {
				removeIfOlder(file, before);
			}
		}
	}

	private static void removeIfOlder(Path file, Instant before) throws IOException {
		try {
			if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
				Files.deleteIfExists(file);
			}
		}
		catch (NoSuchFileException ex) {
			// its writer has just finished: nothing is left to remove
			return;
		}
	}

	/**
	 * Writes all of the stream, in buffers of a fixed size.
	 */
	static void transfer(InputStream in, FileChannel out) throws IOException {
		byte[] buffer = new byte[BUFFER_BYTES];
		for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
			ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
			while (bytes.hasRemaining()) {
				out.write(bytes);
			}
		}
	}

	/**
	 * Writes the first bytes of a file, in the kernel.
	 * @return how many there were, at most the number asked for
	 */
	static long transfer(FileChannel in, FileChannel out, long bytes) throws IOException {
		long position = 0;
		while (position < bytes) {
			long count = in.transferTo(position, bytes - position, out);
			if (count <= 0) {
				break;
			}
			position += count;
		}
		return position;
	}

	/**
	 * Writes a file's content.
	 */
	interface Filler {

		void fill(FileChannel channel) throws IOException;

	}

}
