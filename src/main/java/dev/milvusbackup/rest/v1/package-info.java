/**
 * The API of the Go tool, {@code /api/v1} (behaviour.md B): HTTP 200 with a {@code code},
 * zero values left out.
 */
@NullMarked
package dev.milvusbackup.rest.v1;

import org.jspecify.annotations.NullMarked;
