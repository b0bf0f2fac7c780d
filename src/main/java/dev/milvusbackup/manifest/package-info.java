/**
 * The backup's own description, JSON-compatible with the Go tool, and the backups at a
 * place. Reads and writes it; knows no server.
 */
@NullMarked
package dev.milvusbackup.manifest;

import org.jspecify.annotations.NullMarked;
