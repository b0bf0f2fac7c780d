/**
 * Tests of the configuration.
 */
@NullMarked
package dev.milvusbackup.config;

import org.jspecify.annotations.NullMarked;
