package dev.milvusbackup.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

import dev.milvusbackup.launch.ExitCode;
import dev.milvusbackup.launch.LaunchException;

/**
 * A file that only its owner may read.
 */
final class PrivateFile {

	private PrivateFile() {
	}

	/**
	 * Writes the whole file or nothing.
	 * @param replace whether one that exists may be replaced
	 * @throws LaunchException when it exists and must stay, or cannot be written
	 */
	static void write(Path file, String content, boolean replace) {
		if (!replace && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
			throw refused(file, "it exists already", "name another file, or replace it with --force");
		}
		try {
			writeAtomically(file.toAbsolutePath(), content, replace);
		}
		catch (FileAlreadyExistsException ex) {
			throw refused(file, "it exists already", "name another file, or replace it with --force");
		}
		catch (IOException ex) {
			throw refused(file, reason(ex), "choose a directory that can be written");
		}
	}

	private static void writeAtomically(Path file, String content, boolean replace) throws IOException {
		Path temporary = Files.createTempFile(file.getParent(), "." + file.getFileName(), ".tmp",
				PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
		try {
			Files.write(temporary, content.getBytes(StandardCharsets.UTF_8));
			if (replace) {
				Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
			}
			else {
				Files.createLink(file, temporary);
			}
		}
		finally {
			Files.deleteIfExists(temporary);
		}
	}

	private static String reason(IOException ex) {
		String reason = (ex instanceof FileSystemException failed) ? failed.getReason() : ex.getMessage();
		return ex.getClass().getSimpleName() + ((reason != null) ? " (" + reason + ")" : "");
	}

	private static LaunchException refused(Path file, String cause, String hint) {
		return new LaunchException(ExitCode.USAGE, "unable to write '" + file + "': " + cause, hint);
	}

}
