package dev.milvusbackup.model;

/**
 * A collection in its database.
 *
 * @param database never empty; {@value #DEFAULT_DATABASE} for servers without databases
 * @param name never empty
 */
public record CollectionName(String database, String name) implements Comparable<CollectionName> {

	public static final String DEFAULT_DATABASE = "default";

	public CollectionName {
		database = database.isEmpty() ? DEFAULT_DATABASE : database;
		if (name.isEmpty()) {
			throw new InvalidNameException("unable to use collection name '': it is empty",
					"name it as collection or database.collection");
		}
	}

	/**
	 * Reads {@code collection} or {@code database.collection}.
	 * @throws InvalidNameException when the collection part is empty
	 */
	public static CollectionName parse(String text) {
		int dot = text.indexOf('.');
		return (dot < 0) ? new CollectionName(DEFAULT_DATABASE, text)
				: new CollectionName(text.substring(0, dot), text.substring(dot + 1));
	}

	@Override
	public int compareTo(CollectionName other) {
		int byDatabase = this.database.compareTo(other.database);
		return (byDatabase != 0) ? byDatabase : this.name.compareTo(other.name);
	}

	@Override
	public String toString() {
		return this.database + "." + this.name;
	}

}
