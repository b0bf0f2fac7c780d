package dev.milvusbackup.milvus;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a server can do, by its version (behaviour.md D.1). A pre-release counts as its
 * release; a server that does not tell a version counts as the newest.
 */
record MilvusFeatures(int major, int minor, int patch) {

	private static final Pattern STRICT = Pattern
		.compile("v?(\\d{1,9})\\.(\\d{1,9})\\.(\\d{1,9})(?:\\.\\d+)?(?:[-+][0-9A-Za-z.+-]*)?");

	private static final Pattern LOOSE = Pattern
		.compile("(?:^v?|.*?Milvus[ -]*v?)(\\d{1,9})\\.(\\d{1,9})(?:\\.(\\d{1,9}))?(?!\\d).*");

	/** A version without a patch number is that of a branch: newer than its releases. */
	private static final int BRANCH = 9999;

	private static final MilvusFeatures UNKNOWN = new MilvusFeatures(99, 0, 0);

	/**
	 * From the texts by which a server names its version, the preferred one first.
	 */
	static MilvusFeatures of(List<String> texts) {
		for (Pattern pattern : List.of(STRICT, LOOSE)) {
			for (String text : texts) {
				Matcher matcher = pattern.matcher(text.strip());
				if (matcher.matches()) {
					return of(matcher);
				}
			}
		}
		return UNKNOWN;
	}

	/**
	 * Whether the text is a plain version, as opposed to the name of a build.
	 */
	static boolean isVersion(String text) {
		return STRICT.matcher(text).matches();
	}

	boolean has(Feature feature) {
		return isAtLeast(feature.since) && (feature.removedIn == null || !isAtLeast(feature.removedIn));
	}

	private boolean isAtLeast(MilvusFeatures other) {
		if (this.major != other.major) {
			return this.major > other.major;
		}
		if (this.minor != other.minor) {
			return this.minor > other.minor;
		}
		return this.patch >= other.patch;
	}

	private static MilvusFeatures of(Matcher matcher) {
		String patch = matcher.group(3);
		return new MilvusFeatures(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)),
				(patch == null) ? BRANCH : Integer.parseInt(patch));
	}

	@Override
	public String toString() {
		return this.major + "." + this.minor + "." + this.patch;
	}

	/**
	 * What not every server can do.
	 */
	enum Feature {

		/** Databases other than {@code default}. */
		MULTI_DATABASE(2, 2, 9),
		/** Counts of the rows that a query finds. */
		COUNT_ROWS(2, 3, 0),
		/** A database's id and properties. */
		DESCRIBE_DATABASE(2, 4, 3),
		/** Import jobs by REST, which tell more than those over gRPC. */
		IMPORT_JOBS(2, 4, 0),
		/** The position of the replication channel; of 2.5 only. */
		REPLICATE_MESSAGE(2, 5, 0, new MilvusFeatures(2, 6, 0)),
		/** The exact list of a segment's binlogs. */
		GET_SEGMENT_INFO(2, 5, 8),
		/** Several L0 segments in one import. */
		MULTI_L0_IN_ONE_JOB(2, 6, 5),
		/** Pausing garbage collection of one collection. */
		COLLECTION_LEVEL_GC_CONTROL(2, 6, 8),
		/** A property that switches the check of functions off. */
		FUNCTION_RUNTIME_CHECK(2, 6, 8),
		/** One flush of everything, with the positions reached. */
		FLUSH_ALL(2, 6, 11),
		/** Snapshots of collections. */
		SNAPSHOT(3, 0, 0);

		private final MilvusFeatures since;

		private final @Nullable MilvusFeatures removedIn;

		Feature(int major, int minor, int patch) {
			this(major, minor, patch, null);
		}

		Feature(int major, int minor, int patch, @Nullable MilvusFeatures removedIn) {
			this.since = new MilvusFeatures(major, minor, patch);
			this.removedIn = removedIn;
		}

	}

}
