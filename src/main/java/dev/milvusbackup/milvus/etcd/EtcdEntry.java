package dev.milvusbackup.milvus.etcd;

/**
 * A key with its value, which is not copied.
 */
public record EtcdEntry(String key, byte[] value) {
}
