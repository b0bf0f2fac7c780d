package dev.milvusbackup.model;

import org.jspecify.annotations.Nullable;

/**
 * What only some restores ask for.
 *
 * @param mapping null for none; not together with a suffix or renames
 * @param maxShards upper bound for the shards of a collection, 0 for none
 * @param truncate leaves out rows that came after the channel checkpoint of the backup
 * ({@code truncateBinlogByTs})
 * @param wishes the switches
 */
public record RestoreDetails(@Nullable RestoreMapping mapping, int maxShards, SkipParams skipParams, boolean truncate,
		Wishes wishes) {

	/** Nothing special. */
	public static final RestoreDetails NONE = new RestoreDetails(null, 0, SkipParams.NONE, false, Wishes.NONE);

	/**
	 * @throws InvalidNameException when the number of shards is negative
	 */
	public RestoreDetails {
		if (maxShards < 0) {
			throw new InvalidNameException("unable to use " + maxShards + " shards at most: a number below 0",
					"use a positive number, or 0 for as many as in the backup");
		}
	}

	/**
	 * Switches.
	 *
	 * @param rest imports by REST or not at all
	 * @param load loads what was loaded
	 * @param moveAliases takes aliases away from other collections
	 * @param force restores into a server that seems too old
	 */
	public record Wishes(boolean rest, boolean load, boolean moveAliases, boolean force) {

		/** None of them. */
		public static final Wishes NONE = new Wishes(false, false, false, false);

	}

}
