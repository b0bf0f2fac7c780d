/**
 * The program as a process that is killed at a chosen moment and started again.
 */
@NullMarked
package dev.milvusbackup.crash;

import org.jspecify.annotations.NullMarked;
