/**
 * Tests of the command line.
 */
@NullMarked
package dev.milvusbackup.cli;

import org.jspecify.annotations.NullMarked;
