/**
 * The sliced, chunked copy of segments and its verification, used by backup and restore.
 */
@NullMarked
package dev.milvusbackup.copy;

import org.jspecify.annotations.NullMarked;
