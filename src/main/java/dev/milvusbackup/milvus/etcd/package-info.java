/**
 * Reads keys of etcd, by its KV interface over gRPC; knows nothing of Milvus.
 */
@NullMarked
package dev.milvusbackup.milvus.etcd;

import org.jspecify.annotations.NullMarked;
