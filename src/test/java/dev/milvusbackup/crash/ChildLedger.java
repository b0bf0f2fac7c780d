package dev.milvusbackup.crash;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The job repository of a child that has ended.
 */
record ChildLedger(String url, String user) {

	/**
	 * The embedded database, which no process uses.
	 */
	static ChildLedger inFile(Path repository) {
		return new ChildLedger("jdbc:h2:" + repository.resolve("repository") + ";DB_CLOSE_ON_EXIT=FALSE;IFEXISTS=TRUE",
				"sa");
	}

	static ChildLedger inDatabase(String url) {
		return new ChildLedger(url, "postgres");
	}

	/**
	 * The first column of what is found.
	 */
	List<String> texts(String query) {
		List<String> texts = new ArrayList<>();
		try (Connection connection = DriverManager.getConnection(this.url, this.user, "");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(query)) {
			while (rows.next()) {
				texts.add(rows.getString(1));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("unable to read the ledger in '" + this.url + "'", ex);
		}
		return texts;
	}

}
