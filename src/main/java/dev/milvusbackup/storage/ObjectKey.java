package dev.milvusbackup.storage;

/**
 * Key of one object, relative to the store's bucket or directory: not empty, no leading
 * and no trailing slash, no empty part, no {@code .} or {@code ..} part.
 */
public record ObjectKey(String value) implements Comparable<ObjectKey> {

	/**
	 * @throws IllegalArgumentException when the value is not of that form
	 */
	public ObjectKey {
		ObjectPrefix.requireParts(value);
	}

	/**
	 * The part after the last slash.
	 */
	public String name() {
		return this.value.substring(this.value.lastIndexOf('/') + 1);
	}

	@Override
	public int compareTo(ObjectKey other) {
		return this.value.compareTo(other.value);
	}

	@Override
	public String toString() {
		return this.value;
	}

}
