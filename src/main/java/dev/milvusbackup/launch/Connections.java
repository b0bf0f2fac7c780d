package dev.milvusbackup.launch;

import dev.milvusbackup.config.Settings;
import dev.milvusbackup.milvus.MilvusConnector;
import dev.milvusbackup.storage.StoreConnector;

/**
 * Where the services connect to.
 */
record Connections(Settings settings, StoreConnector stores, MilvusConnector milvus) {
}
