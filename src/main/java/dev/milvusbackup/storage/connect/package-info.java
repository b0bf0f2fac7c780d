/**
 * Picks the kind of store that the settings ask for.
 */
@NullMarked
package dev.milvusbackup.storage.connect;

import org.jspecify.annotations.NullMarked;
