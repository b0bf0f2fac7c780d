package dev.milvusbackup.testing.real;

/**
 * A collection that {@link SampleData} has filled.
 *
 * @param rows how many entities it has, deleted ones not counted
 * @param deletes how many were deleted
 */
public record SampleCollection(String database, String name, int rows, int deletes) {

	/**
	 * The same collection under another name, such as a restored copy.
	 */
	public SampleCollection named(String database, String name) {
		return new SampleCollection(database, name, this.rows, this.deletes);
	}

	@Override
	public String toString() {
		return this.database + "." + this.name;
	}

}
