/**
 * The API of our own, {@code /api/v2}: resources, HTTP status codes, and problem details
 * (RFC 9457) for errors.
 */
@NullMarked
package dev.milvusbackup.rest.v2;

import org.jspecify.annotations.NullMarked;
