/**
 * The command line against real servers: what an operator does, and what can go wrong.
 */
@NullMarked
package dev.milvusbackup.e2e;

import org.jspecify.annotations.NullMarked;
