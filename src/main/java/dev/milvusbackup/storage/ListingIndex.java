package dev.milvusbackup.storage;

import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A listing in 24 bytes an object: open addressing over hashes of the keys. Two keys of
 * equal 64-bit hash would be taken for each other, which a million objects make about
 * once in forty million listings. For one thread.
 */
public final class ListingIndex {

	private static final int FIRST_CAPACITY = 1 << 10;

	private long[] keys = new long[FIRST_CAPACITY];

	private long[] sizes = new long[FIRST_CAPACITY];

	private long[] etags = new long[FIRST_CAPACITY];

	private int count;

	/**
	 * Adds all objects of a listing and closes it.
	 */
	public void addAll(Stream<ObjectStat> listing) {
		try (listing) {
			listing.forEach((object) -> add(hash(object.key().value()), object.bytes(), hash(object.etag())));
		}
	}

	/**
	 * Whether the object was listed with this size, and with this entity tag where both
	 * are known.
	 */
	public boolean contains(ObjectKey key, long bytes, @Nullable String etag) {
		int slot = slot(this.keys, hash(key.value()));
		if (this.keys[slot] == 0 || this.sizes[slot] != bytes) {
			return false;
		}
		long expected = hash(etag);
		return expected == 0 || this.etags[slot] == 0 || this.etags[slot] == expected;
	}

	/** Number of objects. */
	public int size() {
		return this.count;
	}

	private void add(long key, long size, long etag) {
		if (this.count > this.keys.length / 2) {
			grow();
		}
		int slot = slot(this.keys, key);
		if (this.keys[slot] == 0) {
			this.count++;
		}
		this.keys[slot] = key;
		this.sizes[slot] = size;
		this.etags[slot] = etag;
	}

	private void grow() {
		long[] oldKeys = this.keys;
		long[] oldSizes = this.sizes;
		long[] oldEtags = this.etags;
		this.keys = new long[oldKeys.length * 2];
		this.sizes = new long[oldKeys.length * 2];
		this.etags = new long[oldKeys.length * 2];
		for (int i = 0; i < oldKeys.length; i++) {
			if (oldKeys[i] != 0) {
				int slot = slot(this.keys, oldKeys[i]);
				this.keys[slot] = oldKeys[i];
				this.sizes[slot] = oldSizes[i];
				this.etags[slot] = oldEtags[i];
			}
		}
	}

	private static int slot(long[] keys, long key) {
		int mask = keys.length - 1;
		int slot = (int) (key ^ (key >>> 32)) & mask;
		while (keys[slot] != 0 && keys[slot] != key) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	/**
	 * 64 bits of the text, never 0 for a text, 0 for null.
	 */
	private static long hash(@Nullable String text) {
		if (text == null) {
			return 0;
		}
		long hash = 0xcbf29ce484222325L;
		for (int i = 0; i < text.length(); i++) {
			hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
			hash ^= hash >>> 29;
		}
		hash *= 0xbf58476d1ce4e5b9L;
		hash ^= hash >>> 32;
		return (hash != 0) ? hash : 1;
	}

}
