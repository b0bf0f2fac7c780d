/**
 * Databases for tests.
 */
@NullMarked
package dev.milvusbackup.testing.sql;

import org.jspecify.annotations.NullMarked;
