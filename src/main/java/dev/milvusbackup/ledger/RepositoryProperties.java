package dev.milvusbackup.ledger;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * Where the job repository is.
 *
 * @param directory of the embedded database, used when {@code url} is null
 * @param url JDBC URL of a PostgreSQL database, null for the embedded one
 */
public record RepositoryProperties(Path directory, @Nullable String url, @Nullable String user,
		@Nullable String password, int poolSize) {

	@Override
	public String toString() {
		return "RepositoryProperties[" + ((this.url != null) ? "postgresql" : this.directory) + "]";
	}

}
