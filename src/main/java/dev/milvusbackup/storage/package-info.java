/**
 * Bytes under keys, in a directory or in a bucket. Knows nothing of Milvus.
 */
@NullMarked
package dev.milvusbackup.storage;

import org.jspecify.annotations.NullMarked;
