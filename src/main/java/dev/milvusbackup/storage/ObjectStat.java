package dev.milvusbackup.storage;

import org.jspecify.annotations.Nullable;

/**
 * What a store tells of an object without reading it.
 *
 * @param bytes size
 * @param etag entity tag without quotes, null when the store has none (local)
 */
public record ObjectStat(ObjectKey key, long bytes, @Nullable String etag) {
}
