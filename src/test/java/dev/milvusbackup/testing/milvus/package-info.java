/**
 * A Milvus that lives in the test's own process: the same gRPC and management interfaces,
 * with a catalogue in memory and binlogs in any object store.
 */
@NullMarked
package dev.milvusbackup.testing.milvus;

import org.jspecify.annotations.NullMarked;
