/**
 * Benchmarks of the program as its users start it, next to the bare limit of the store.
 */
@NullMarked
package dev.milvusbackup.bench;

import org.jspecify.annotations.NullMarked;
