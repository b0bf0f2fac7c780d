/**
 * Compares a backup with its own description, as a job. Knows no server and changes
 * nothing but the ledger.
 */
@NullMarked
package dev.milvusbackup.verify;

import org.jspecify.annotations.NullMarked;
