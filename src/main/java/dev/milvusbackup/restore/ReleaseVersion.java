package dev.milvusbackup.restore;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version of a Milvus, as far as restoring depends on it.
 */
record ReleaseVersion(int major, int minor, int patch) implements Comparable<ReleaseVersion> {

	/** Newer than all others. */
	static final ReleaseVersion NEWEST = new ReleaseVersion(Integer.MAX_VALUE, 0, 0);

	/** Databases other than {@code default}. */
	static final ReleaseVersion DATABASES = new ReleaseVersion(2, 2, 9);

	/** Counts of the rows that a query finds. */
	static final ReleaseVersion COUNTS = new ReleaseVersion(2, 3, 0);

	/** Segments that hold deletes only. */
	static final ReleaseVersion L0_SEGMENTS = new ReleaseVersion(2, 4, 0);

	/** Imports by REST. */
	static final ReleaseVersion IMPORT_JOBS = new ReleaseVersion(2, 4, 0);

	/** Segments of storage version 2. */
	static final ReleaseVersion STORAGE_V2 = new ReleaseVersion(2, 6, 0);

	/** Fields that are dropped; no request of earlier releases does that. */
	static final ReleaseVersion DROPPED_FIELDS = new ReleaseVersion(3, 0, 0);

	private static final Pattern VERSION = Pattern.compile("v?(\\d{1,6})\\.(\\d{1,6})(?:\\.(\\d{1,6}))?(?:[.+-].*)?");

	/**
	 * Reads {@code v2.3.5}, {@code 2.6-dev} and the like; empty for names of builds that
	 * tell no version.
	 */
	static Optional<ReleaseVersion> parse(String text) {
		Matcher matcher = VERSION.matcher(text.strip());
		if (!matcher.matches()) {
			return Optional.empty();
		}
		String patch = matcher.group(3);
		return Optional.of(new ReleaseVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)),
				(patch == null) ? Integer.MAX_VALUE : Integer.parseInt(patch)));
	}

	/**
	 * Compares without the patch level.
	 */
	boolean isNewerReleaseThan(ReleaseVersion other) {
		return (this.major != other.major) ? this.major > other.major : this.minor > other.minor;
	}

	@Override
	public int compareTo(ReleaseVersion other) {
		int byMajor = Integer.compare(this.major, other.major);
		int byMinor = (byMajor != 0) ? byMajor : Integer.compare(this.minor, other.minor);
		return (byMinor != 0) ? byMinor : Integer.compare(this.patch, other.patch);
	}

	@Override
	public String toString() {
		return this.major + "." + this.minor + ((this.patch == Integer.MAX_VALUE) ? "" : "." + this.patch);
	}

}
