/**
 * Decides which backups are old enough to go. Pure rules: reads and deletes nothing.
 */
@NullMarked
package dev.milvusbackup.retention;

import org.jspecify.annotations.NullMarked;
