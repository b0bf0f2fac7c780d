/**
 * Compares a backup with its own description. Knows no server and changes nothing.
 */
@NullMarked
package dev.milvusbackup.verify;

import org.jspecify.annotations.NullMarked;
