/**
 * What a job instance planned and has done; the only SQL of this application.
 */
@NullMarked
package dev.milvusbackup.ledger;

import org.jspecify.annotations.NullMarked;
