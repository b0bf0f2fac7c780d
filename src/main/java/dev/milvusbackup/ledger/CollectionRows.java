package dev.milvusbackup.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The statements on {@code mb_collection}.
 */
final class CollectionRows {

	private static final String SELECT = "SELECT collection_id, name, description, state, reason FROM mb_collection"
			+ " WHERE run_id = ?";

	private CollectionRows() {
	}

	static void put(JdbcTemplate jdbc, long run, Collection<PlannedCollection> collections) {
		for (PlannedCollection collection : collections) {
			if (update(jdbc, run, collection) == 0) {
				insert(jdbc, run, collection);
			}
		}
	}

	private static int update(JdbcTemplate jdbc, long run, PlannedCollection collection) {
		return jdbc.update(
				"UPDATE mb_collection SET name = ?, description = ?, state = ?, reason = ?"
						+ " WHERE run_id = ? AND collection_id = ?",
				collection.name(), collection.description(), collection.state().name(), collection.reason(), run,
				collection.collectionId());
	}

	private static void insert(JdbcTemplate jdbc, long run, PlannedCollection collection) {
		Long position = jdbc.queryForObject(
				"SELECT COALESCE(MAX(list_position), 0) + 1 FROM mb_collection WHERE run_id = ?", Long.class, run);
		jdbc.update(
				"INSERT INTO mb_collection (run_id, collection_id, list_position, name, description, state, reason,"
						+ " plan_number) VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
				run, collection.collectionId(), position, collection.name(), collection.description(),
				collection.state().name(), collection.reason());
	}

	static List<PlannedCollection> list(JdbcTemplate jdbc, long run) {
		return jdbc.query(SELECT + " ORDER BY list_position, collection_id", (row, number) -> collection(row), run);
	}

	static Optional<PlannedCollection> find(JdbcTemplate jdbc, long run, long collectionId) {
		return jdbc.query(SELECT + " AND collection_id = ?", (row, number) -> collection(row), run, collectionId)
			.stream()
			.findFirst();
	}

	/**
	 * Ids of the collections whose segments are in the ledger, ascending.
	 */
	static List<Long> planned(JdbcTemplate jdbc, long run) {
		return jdbc.queryForList(
				"SELECT collection_id FROM mb_collection WHERE run_id = ? AND state = ?" + " ORDER BY collection_id",
				Long.class, run, PlannedCollection.State.PLANNED.name());
	}

	/**
	 * Counts another plan of the collection's segments; the row stays locked until the
	 * end of the transaction.
	 * @return the number of the plan, 1 for the first
	 */
	static int nextPlan(JdbcTemplate jdbc, long run, long collectionId) {
		jdbc.update("UPDATE mb_collection SET plan_number = plan_number + 1 WHERE run_id = ? AND collection_id = ?",
				run, collectionId);
		Integer plan = jdbc.queryForObject(
				"SELECT plan_number FROM mb_collection WHERE run_id = ? AND collection_id = ?", Integer.class, run,
				collectionId);
		return (plan != null) ? plan : 0;
	}

	private static PlannedCollection collection(ResultSet row) throws SQLException {
		return new PlannedCollection(row.getLong("collection_id"), row.getString("name"), row.getString("description"),
				PlannedCollection.State.valueOf(row.getString("state")), row.getString("reason"));
	}

}
