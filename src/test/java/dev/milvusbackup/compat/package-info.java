/**
 * Whole backups and restores against simulated servers of every version.
 */
@NullMarked
package dev.milvusbackup.compat;

import org.jspecify.annotations.NullMarked;
