/**
 * The only door to a running Milvus: catalogue, schema changes, imports and garbage
 * collection, gated by the server's version.
 */
@NullMarked
package dev.milvusbackup.milvus;

import org.jspecify.annotations.NullMarked;
