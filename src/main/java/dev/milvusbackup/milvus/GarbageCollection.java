package dev.milvusbackup.milvus;

import java.time.Duration;

/**
 * Pauses the deletion of dropped segments, so that they stay while they are copied.
 * Thread-safe.
 */
public interface GarbageCollection {

	/** In place of a collection's id: all of them. */
	long ALL_COLLECTIONS = 0;

	/**
	 * Whether the server can pause single collections (since Milvus 2.6.8). Where it
	 * cannot, there is one pause for all, and a pause prolongs it.
	 */
	boolean pausesCollections();

	/**
	 * Pauses for the time given.
	 * @param collectionId {@link #ALL_COLLECTIONS} unless {@link #pausesCollections()}
	 * @return the ticket to give it back with, empty where the server gives none
	 * @throws MilvusException when the server does not do it; UNSUPPORTED when it cannot
	 */
	String pause(long collectionId, Duration duration);

	/**
	 * Ends a pause.
	 * @param ticket as given by {@link #pause}
	 * @throws MilvusException when the server does not do it
	 */
	void resume(String ticket);

}
