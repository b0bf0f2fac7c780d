/**
 * Fakes, builders and harnesses that the tests of several packages share.
 */
@NullMarked
package dev.milvusbackup.testing;

import org.jspecify.annotations.NullMarked;
