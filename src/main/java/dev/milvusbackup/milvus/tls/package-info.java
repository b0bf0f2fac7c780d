/**
 * Whom a connection trusts and how it shows who it is; knows nothing of Milvus.
 */
@NullMarked
package dev.milvusbackup.milvus.tls;

import org.jspecify.annotations.NullMarked;
