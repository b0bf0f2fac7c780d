package dev.milvusbackup.testing.milvus;

/**
 * Version of a simulated server, and what servers of that version have (behaviour.md D.1
 * and part H).
 */
record FakeVersion(int major, int minor, int patch) {

	/**
	 * @param text such as {@code 2.6.11}, {@code v2.6.11} or {@code 3.0}
	 */
	static FakeVersion parse(String text) {
		String[] parts = (text.startsWith("v") ? text.substring(1) : text).split("\\.");
		return new FakeVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]),
				(parts.length > 2) ? Integer.parseInt(parts[2]) : 0);
	}

	boolean hasConnect() {
		return isAtLeast(2, 2, 9);
	}

	boolean hasDatabases() {
		return isAtLeast(2, 2, 9);
	}

	boolean hasResourceGroups() {
		return isAtLeast(2, 2, 3);
	}

	boolean tellsLoadState() {
		return isAtLeast(2, 2, 2);
	}

	boolean describesDatabases() {
		return isAtLeast(2, 4, 3);
	}

	/** Numeric codes in addition to the old enumeration. */
	boolean hasStatusCodes() {
		return isAtLeast(2, 3, 0);
	}

	boolean countsRows() {
		return isAtLeast(2, 3, 0);
	}

	boolean tellsFlushTimestamps() {
		return isAtLeast(2, 3, 0);
	}

	boolean tellsChannelCheckpoints() {
		return isAtLeast(2, 4, 0);
	}

	/** Deletes go to segments of their own. */
	boolean hasLevelZero() {
		return isAtLeast(2, 4, 0);
	}

	boolean tellsLevel() {
		return isAtLeast(2, 4, 5);
	}

	boolean tellsSorted() {
		return isAtLeast(2, 5, 0);
	}

	/** A schema repeats the collection's properties. */
	boolean repeatsProperties() {
		return isAtLeast(2, 5, 0);
	}

	/** Imports are jobs that survive the server, and REST v2 tells of them. */
	boolean hasImportJobs() {
		return isAtLeast(2, 4, 0);
	}

	boolean describesSegments() {
		return isAtLeast(2, 5, 8);
	}

	boolean hasRoleBackup() {
		return isAtLeast(2, 4, 7);
	}

	boolean hasPrivilegeGroups() {
		return isAtLeast(2, 5, 0);
	}

	boolean hasReplicateMessage() {
		return isAtLeast(2, 5, 0) && !isAtLeast(2, 6, 0);
	}

	boolean indexesJsonPaths() {
		return isAtLeast(2, 5, 11);
	}

	boolean altersIndexes() {
		return isAtLeast(2, 3, 0);
	}

	boolean listsAliases() {
		return isAtLeast(2, 3, 0);
	}

	boolean altersFields() {
		return isAtLeast(2, 5, 0);
	}

	boolean addsFields() {
		return isAtLeast(2, 6, 0);
	}

	/** Several columns in one file. */
	boolean hasColumnGroups() {
		return isAtLeast(2, 6, 0);
	}

	/** Binlogs of fields that can be filled otherwise may be missing. */
	boolean fillsMissingFields() {
		return isAtLeast(2, 6, 0);
	}

	/** Deletes cannot be imported while the collection is loaded. */
	boolean importsDeletesOnlyUnloaded() {
		return !isAtLeast(2, 6, 0);
	}

	boolean importsSeveralLevelZero() {
		return isAtLeast(2, 6, 5);
	}

	boolean hasGarbageCollectionEndpoint() {
		return isAtLeast(2, 3, 6);
	}

	boolean hasGarbageCollectionTickets() {
		return isAtLeast(2, 6, 8);
	}

	boolean hasEncryptionZones() {
		return isAtLeast(2, 6, 0);
	}

	/** A flush of everything tells the positions reached. */
	boolean tellsFlushAllMessages() {
		return isAtLeast(2, 6, 11);
	}

	boolean hasSnapshots() {
		return isAtLeast(3, 0, 0);
	}

	boolean isAtLeast(int otherMajor, int otherMinor, int otherPatch) {
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
