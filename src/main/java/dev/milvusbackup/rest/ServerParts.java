package dev.milvusbackup.rest;

import java.util.function.Supplier;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.launch.Runs;
import dev.milvusbackup.storage.StoreConnector;

/**
 * What the server works with.
 *
 * @param check tries everything that a backup needs and tells it as text
 */
public record ServerParts(Runs runs, Settings settings, StoreConnector stores, Supplier<String> check) {
}
