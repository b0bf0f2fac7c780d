/**
 * Where each object lies: pure functions between ids and keys. Does no I/O.
 */
@NullMarked
package dev.milvusbackup.layout;

import org.jspecify.annotations.NullMarked;
