package dev.milvusbackup.verify;

/**
 * Something that is not as the backup's description says.
 *
 * @param key of the object
 * @param what is wrong with it
 */
public record Problem(String key, String what) {
}
