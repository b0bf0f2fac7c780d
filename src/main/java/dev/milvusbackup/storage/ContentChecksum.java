package dev.milvusbackup.storage;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Size and MD5 of content that was read to its end. The MD5 is what stores use as the
 * entity tag of an object that was not written in parts.
 *
 * @param bytes size
 * @param md5 32 hexadecimal digits in lower case
 */
public record ContentChecksum(long bytes, String md5) {

	private static final int BUFFER = 128 * 1024;

	/**
	 * Reads the stream to its end and closes it.
	 * @throws IOException when it is cut
	 */
	public static ContentChecksum of(InputStream stream) throws IOException {
		MessageDigest digest = md5Digest();
		long bytes = 0;
		try (stream) {
			byte[] buffer = new byte[BUFFER];
			for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
				digest.update(buffer, 0, read);
				bytes += read;
			}
		}
		return new ContentChecksum(bytes, HexFormat.of().formatHex(digest.digest()));
	}

	/**
	 * Reads an object.
	 * @throws StorageException when the object is missing or cannot be read to its end
	 */
	public static ContentChecksum read(ObjectStore store, ObjectKey key) {
		try {
			return of(store.read(key));
		}
		catch (IOException ex) {
			throw new StorageException(StorageException.Kind.TRANSIENT,
					"unable to read '" + key + "' in '" + store.address() + "': " + ex.getMessage(),
					"run the same command again", ex);
		}
	}

	/**
	 * For content that is checked while it passes by.
	 */
	public static MessageDigest md5Digest() {
		try {
			return MessageDigest.getInstance("MD5");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
