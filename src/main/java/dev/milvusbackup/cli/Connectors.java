package dev.milvusbackup.cli;

import dev.milvusbackup.launch.RunsFactory;
import dev.milvusbackup.milvus.MilvusConnector;
import dev.milvusbackup.storage.StoreConnector;

/**
 * The ways out of the process.
 */
public record Connectors(RunsFactory runs, StoreConnector stores, MilvusConnector milvus) {
}
