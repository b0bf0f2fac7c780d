/**
 * Other JVMs for tests of what processes do to each other.
 */
@NullMarked
package dev.milvusbackup.testing.process;

import org.jspecify.annotations.NullMarked;
