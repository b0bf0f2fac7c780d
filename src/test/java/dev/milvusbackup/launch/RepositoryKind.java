package dev.milvusbackup.launch;

import java.nio.file.Path;

import dev.milvusbackup.ledger.RepositoryProperties;
import dev.milvusbackup.testing.sql.PostgresServer;

/**
 * The two places a job repository can be in.
 */
enum RepositoryKind {

	H2, POSTGRESQL;

	/**
	 * An empty one.
	 */
	RepositoryProperties create(Path directory) {
		return (this == H2) ? RepositoryProperties.h2(directory.resolve("repository"))
				: RepositoryProperties.postgresql(PostgresServer.instance().createSchema(), "postgres", null);
	}

}
