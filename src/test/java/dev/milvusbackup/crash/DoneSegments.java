package dev.milvusbackup.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The segments that a ledger says are copied.
 *
 * @param ids of the segments
 */
record DoneSegments(Set<Long> ids) {

	/**
	 * Of the embedded database, which no process uses.
	 */
	static DoneSegments inFile(Path repository) {
		return read("jdbc:h2:" + repository.resolve("repository") + ";DB_CLOSE_ON_EXIT=FALSE;IFEXISTS=TRUE", "sa");
	}

	static DoneSegments inDatabase(String url) {
		return read(url, "postgres");
	}

	private static DoneSegments read(String url, String user) {
		Set<Long> ids = new TreeSet<>();
		try (Connection connection = DriverManager.getConnection(url, user, "");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery("SELECT segment_id FROM mb_segment WHERE done")) {
			while (rows.next()) {
				ids.add(rows.getLong(1));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("unable to read the ledger in '" + url + "'", ex);
		}
		return new DoneSegments(ids);
	}

	/**
	 * Those of the keys that belong to one of the segments.
	 */
	List<String> among(List<String> keys) {
		return keys.stream().filter((key) -> this.ids.stream().anyMatch((id) -> key.contains("/" + id + "/"))).toList();
	}

}
