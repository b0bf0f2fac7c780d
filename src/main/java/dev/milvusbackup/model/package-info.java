/**
 * What Milvus stores, as plain records. Knows no I/O and no framework.
 */
@NullMarked
package dev.milvusbackup.model;

import org.jspecify.annotations.NullMarked;
