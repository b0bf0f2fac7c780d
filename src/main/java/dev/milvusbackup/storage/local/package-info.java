/**
 * Objects as files in a directory.
 */
@NullMarked
package dev.milvusbackup.storage.local;

import org.jspecify.annotations.NullMarked;
