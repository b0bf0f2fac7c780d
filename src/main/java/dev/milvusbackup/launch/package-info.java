/**
 * Starts, restarts, stops, recovers and reports runs: the one door for people and
 * schedulers.
 */
@NullMarked
package dev.milvusbackup.launch;

import org.jspecify.annotations.NullMarked;
