package dev.milvusbackup.verify;

/**
 * What a comparison looked at.
 *
 * @param objects that the description names
 * @param bytes of these objects
 * @param recorded objects whose entity tag was recorded when the backup was written
 */
record Verification(long objects, long bytes, long recorded) {
}
