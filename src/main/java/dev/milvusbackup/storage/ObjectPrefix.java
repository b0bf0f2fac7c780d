package dev.milvusbackup.storage;

/**
 * A directory of keys: empty (everything) or ending in a slash, so that {@code b1} never
 * matches {@code b10}.
 */
public record ObjectPrefix(String value) {

	/** The whole store. */
	public static final ObjectPrefix ROOT = new ObjectPrefix("");

	/**
	 * @throws IllegalArgumentException when the value is not of that form
	 */
	public ObjectPrefix {
		if (!value.isEmpty()) {
			if (!value.endsWith("/")) {
				throw new IllegalArgumentException("a prefix ends in a slash: '" + value + "'");
			}
			requireParts(value.substring(0, value.length() - 1));
		}
	}

	/**
	 * The directory of that name, with or without slashes around it; empty is the whole
	 * store.
	 */
	public static ObjectPrefix of(String directory) {
		String path = directory.replaceAll("^/+|/+$", "");
		return path.isEmpty() ? ROOT : new ObjectPrefix(path + "/");
	}

	public ObjectPrefix directory(String name) {
		return new ObjectPrefix(this.value + name + "/");
	}

	public ObjectPrefix directory(long id) {
		return directory(Long.toString(id));
	}

	public ObjectKey key(String name) {
		return new ObjectKey(this.value + name);
	}

	public boolean contains(ObjectKey key) {
		return key.value().startsWith(this.value);
	}

	static void requireParts(String path) {
		for (String part : path.split("/", -1)) {
			if (part.isEmpty() || part.equals(".") || part.equals("..")) {
				throw new IllegalArgumentException("not an object key: '" + path + "'");
			}
		}
	}

	@Override
	public String toString() {
		return this.value;
	}

}
