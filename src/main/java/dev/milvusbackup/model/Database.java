package dev.milvusbackup.model;

import java.util.List;

/**
 * A database of the source.
 *
 * @param id 0 for servers that do not describe databases (before Milvus 2.4.3)
 */
public record Database(String name, long id, List<KeyValue> properties) {

	public Database {
		properties = List.copyOf(properties);
	}

}
