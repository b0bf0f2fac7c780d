/**
 * The server: HTTP doors to {@code launch}. Knows no job and no store; its sub-packages
 * are the API of the Go tool ({@code v1}), the API of our own ({@code v2}) and the pages
 * for people ({@code console}).
 */
@NullMarked
package dev.milvusbackup.rest;

import org.jspecify.annotations.NullMarked;
