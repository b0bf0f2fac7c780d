package dev.milvusbackup.model;

/**
 * One entry of Milvus's ordered parameter and property lists.
 */
public record KeyValue(String key, String value) {
}
