package dev.milvusbackup.storage.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

import dev.milvusbackup.storage.ObjectNotFoundException;
import dev.milvusbackup.storage.StorageException;
import dev.milvusbackup.storage.StorageException.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What the file system's errors mean.
 */
final class LocalErrors {

	private LocalErrors() {
	}

	/**
	 * Whether the error says that there is no file of that name, also because a parent of
	 * it is a file.
	 */
	static boolean missing(IOException failure) {
		return failure instanceof NoSuchFileException || message(failure).contains("Not a directory");
	}

	static StorageException translate(String verb, String what, Exception failure) {
		Exception cause = (failure instanceof DirectoryIteratorException iteration) ? iteration.getCause() : failure;
		String message = "unable to " + verb + " '" + what + "': " + reason(cause);
		if (cause instanceof NoSuchFileException) {
			return new ObjectNotFoundException(message, cause);
		}
		if (cause instanceof AccessDeniedException) {
			return new StorageException(Kind.CONFIGURATION, message, "check owner and mode of the directory", cause);
		}
		return new StorageException(Kind.PERMANENT, message, hint(message(cause)), cause);
	}

	private static @Nullable String hint(String message) {
		if (message.contains("No space left") || message.contains("quota exceeded")) {
			return "free space on the disk, then run the same command again";
		}
		return message.contains("Read-only file system") ? "mount the disk writable" : null;
	}

	private static String reason(Exception failure) {
		if (failure instanceof NoSuchFileException) {
			return "there is no such file";
		}
		if (failure instanceof AccessDeniedException) {
			return "permission denied";
		}
		String message = message(failure);
		return message.isEmpty() ? failure.getClass().getSimpleName() : message;
	}

	private static String message(Exception failure) {
		String message = (failure instanceof FileSystemException file) ? file.getReason() : failure.getMessage();
		return (message != null) ? message : "";
	}

}
