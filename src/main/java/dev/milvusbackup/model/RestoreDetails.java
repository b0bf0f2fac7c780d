package dev.milvusbackup.model;

import java.util.Set;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * What only some restores ask for.
 *
 * @param mapping null for none; not together with a suffix or renames
 * @param maxShards upper bound for the shards of a collection, 0 for none
 * @param truncate leaves out rows that came after the channel checkpoint of the backup
 * ({@code truncateBinlogByTs})
 * @param wishes the switches
 * @param roles whether users and roles come back
 * @param keys for the logs of encrypted databases
 */
public record RestoreDetails(@Nullable RestoreMapping mapping, int maxShards, SkipParams skipParams, boolean truncate,
		Wishes wishes, Roles roles, EncryptionKeys keys) {

	/** Nothing special. */
	public static final RestoreDetails NONE = new RestoreDetails(null, 0, SkipParams.NONE, false, Wishes.NONE);

	/**
	 * Without users, roles and keys.
	 */
	public RestoreDetails(@Nullable RestoreMapping mapping, int maxShards, SkipParams skipParams, boolean truncate,
			Wishes wishes) {
		this(mapping, maxShards, skipParams, truncate, wishes, Roles.NONE, EncryptionKeys.NONE);
	}

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
	 * The same details with these users and roles.
	 */
	public RestoreDetails withRoles(Roles newRoles) {
		return new RestoreDetails(this.mapping, this.maxShards, this.skipParams, this.truncate, this.wishes, newRoles,
				this.keys);
	}

	/**
	 * The same details with these keys.
	 */
	public RestoreDetails withKeys(EncryptionKeys newKeys) {
		return new RestoreDetails(this.mapping, this.maxShards, this.skipParams, this.truncate, this.wishes, this.roles,
				newKeys);
	}

	/**
	 * Switches.
	 *
	 * @param rest imports by REST or not at all
	 * @param load whether what was loaded is loaded
	 * @param moveAliases takes aliases away from other collections
	 * @param force restores into a server that seems too old
	 * @param count counts the rows of each collection by a query, for which it is loaded
	 */
	public record Wishes(boolean rest, Load load, boolean moveAliases, boolean force, boolean count) {

		/** None of them. */
		public static final Wishes NONE = new Wishes(false, Load.NO, false, false);

		/**
		 * Without counts of what is not loaded anyway.
		 */
		public Wishes(boolean rest, Load load, boolean moveAliases, boolean force) {
			this(rest, load, moveAliases, force, false);
		}

		/** Names the request, as it did before there were counts. */
		@Override
		public String toString() {
			return "Wishes[rest=" + this.rest + ", load=" + this.load + ", moveAliases=" + this.moveAliases + ", force="
					+ this.force + (this.count ? ", count=true" : "") + "]";
		}

	}

	/**
	 * How collections that were loaded are loaded.
	 */
	public enum Load {

		/** They are not. */
		NO,
		/** With as many replicas in the resource groups that they were in. */
		AS_BEFORE,
		/**
		 * With the replicas and in the resource groups that the target takes by itself.
		 */
		ANYWHERE

	}

	/**
	 * Whether users, roles, privileges and privilege groups are restored.
	 *
	 * @param databases only the privileges in these, with the roles, users and privilege
	 * groups that they need; empty for all
	 */
	public record Roles(boolean wanted, Set<String> databases) {

		/** They are not. */
		public static final Roles NONE = new Roles(false, Set.of());

		/** All of them. */
		public static final Roles ALL = new Roles(true, Set.of());

		/**
		 * @throws InvalidNameException when databases are given though none are wanted
		 */
		public Roles {
			databases = Set.copyOf(databases);
			if (!wanted && !databases.isEmpty()) {
				throw new InvalidNameException("unable to use the databases of users and roles: they are not asked for",
						"add --rbac");
			}
		}

		@Override
		public String toString() {
			return "Roles[wanted=" + this.wanted + ", databases=" + new TreeSet<>(this.databases) + "]";
		}

	}

}
