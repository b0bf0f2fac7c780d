/**
 * Tests of the services behind the verbs.
 */
@NullMarked
package dev.milvusbackup.launch;

import org.jspecify.annotations.NullMarked;
