/**
 * The command line: verbs that parse options, call launch and print.
 */
@NullMarked
package dev.milvusbackup.cli;

import org.jspecify.annotations.NullMarked;
