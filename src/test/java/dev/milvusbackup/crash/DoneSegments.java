package dev.milvusbackup.crash;

import java.nio.file.Path;
import java.util.List;

/**
 * The segments that a ledger says are copied.
 *
 * @param ids of the segments
 */
record DoneSegments(List<String> ids) {

	private static final String QUERY = "SELECT segment_id FROM mb_segment WHERE done";

	/**
	 * Of the embedded database, which no process uses.
	 */
	static DoneSegments inFile(Path repository) {
		return new DoneSegments(ChildLedger.inFile(repository).texts(QUERY));
	}

	static DoneSegments inDatabase(String url) {
		return new DoneSegments(ChildLedger.inDatabase(url).texts(QUERY));
	}

	/**
	 * Those of the keys that belong to one of the segments.
	 */
	List<String> among(List<String> keys) {
		return keys.stream().filter((key) -> this.ids.stream().anyMatch((id) -> key.contains("/" + id + "/"))).toList();
	}

}
