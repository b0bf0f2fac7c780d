package dev.milvusbackup.storage;

import org.jspecify.annotations.Nullable;

/**
 * What a store tells of an object without reading it.
 *
 * @param bytes size
 * @param etag entity tag without quotes, null when it is not known: local storage tells
 * one, the MD5, only of what it has just written
 */
public record ObjectStat(ObjectKey key, long bytes, @Nullable String etag) {
}
