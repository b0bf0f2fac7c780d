/**
 * Holds the files in jobs/ to what they say.
 */
@NullMarked
package dev.milvusbackup.jobs;

import org.jspecify.annotations.NullMarked;
