/**
 * Real servers for the integration tests: Milvus, MinIO and PostgreSQL as processes of
 * this machine, shared by the test classes of one run, and sample data in them that can
 * be read back and compared value by value.
 */
@NullMarked
package dev.milvusbackup.testing.real;

import org.jspecify.annotations.NullMarked;
