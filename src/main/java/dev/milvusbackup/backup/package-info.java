/**
 * The backup job, a class a step.
 */
@NullMarked
package dev.milvusbackup.backup;

import org.jspecify.annotations.NullMarked;
