/**
 * Objects in a bucket of an S3-compatible store, through the MinIO client.
 */
@NullMarked
package dev.milvusbackup.storage.s3;

import org.jspecify.annotations.NullMarked;
