package dev.milvusbackup.testing.milvus;

/**
 * Version of a simulated server, and what servers of that version have.
 */
record FakeVersion(int major, int minor, int patch) {

	static FakeVersion parse(String text) {
		String[] parts = text.split("\\.");
		return new FakeVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
	}

	boolean hasDatabases() {
		return isAtLeast(2, 2, 9);
	}

	boolean describesDatabases() {
		return isAtLeast(2, 4, 3);
	}

	/** Numeric codes in addition to the old enumeration. */
	boolean hasStatusCodes() {
		return isAtLeast(2, 3, 0);
	}

	boolean tellsFlushTimestamps() {
		return isAtLeast(2, 3, 0);
	}

	boolean tellsChannelCheckpoints() {
		return isAtLeast(2, 4, 0);
	}

	boolean addsFields() {
		return isAtLeast(2, 6, 0);
	}

	boolean hasGarbageCollectionEndpoint() {
		return isAtLeast(2, 3, 6);
	}

	private boolean isAtLeast(int otherMajor, int otherMinor, int otherPatch) {
		if (this.major != otherMajor) {
			return this.major > otherMajor;
		}
		return (this.minor != otherMinor) ? this.minor > otherMinor : this.patch >= otherPatch;
	}

	@Override
	public String toString() {
		return "v" + this.major + "." + this.minor + "." + this.patch;
	}

}
