package dev.milvusbackup.model;

import org.jspecify.annotations.Nullable;

/**
 * One object of a segment.
 *
 * @param fieldId field or column group of an insert log; 0 for a delta log
 * @param logId last part of the object's key
 * @param bytes size of the object
 * @param etag the source's entity tag without quotes, null when the store has none
 */
public record Binlog(BinlogKind kind, long fieldId, long logId, long bytes, @Nullable String etag) {
}
