/**
 * The restore job, a class a step.
 */
@NullMarked
package dev.milvusbackup.restore;

import org.jspecify.annotations.NullMarked;
