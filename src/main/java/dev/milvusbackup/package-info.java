/**
 * Backs up and restores Milvus collections as restartable jobs. Holds only what every
 * package may use: the root of the operator-facing errors.
 */
@NullMarked
package dev.milvusbackup;

import org.jspecify.annotations.NullMarked;
